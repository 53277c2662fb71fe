/** The control server: its settings, its start, and what it answers on which path. */
@NullMarked
package io.secgroupd.controlplane.server;

import org.jspecify.annotations.NullMarked;
