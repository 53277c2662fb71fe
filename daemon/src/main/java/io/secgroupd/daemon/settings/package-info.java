/** The host's settings, {@code daemon.yaml}: as values with all defaults, and the strict reading of them. */
@NullMarked
package io.secgroupd.daemon.settings;

import org.jspecify.annotations.NullMarked;
