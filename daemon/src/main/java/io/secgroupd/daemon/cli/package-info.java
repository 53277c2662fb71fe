/** The program and its commands. Everything is wired here and in {@code service}; no other package imports this one. */
@NullMarked
package io.secgroupd.daemon.cli;

import org.jspecify.annotations.NullMarked;
