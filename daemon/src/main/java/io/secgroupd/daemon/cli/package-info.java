/** The program and its commands: everything is wired here and in {@code service}, and nobody imports it. */
@NullMarked
package io.secgroupd.daemon.cli;

import org.jspecify.annotations.NullMarked;
