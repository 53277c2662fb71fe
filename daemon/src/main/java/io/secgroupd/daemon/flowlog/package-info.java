/** The record of decisions: a bounded ring from the packet loop, one writer, line formats, and rolling files. */
@NullMarked
package io.secgroupd.daemon.flowlog;

import org.jspecify.annotations.NullMarked;
