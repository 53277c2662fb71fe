/** The composition root and the commands: everything is wired here, and nobody imports it. */
@NullMarked
package io.secgroupd.daemon.cli;

import org.jspecify.annotations.NullMarked;
