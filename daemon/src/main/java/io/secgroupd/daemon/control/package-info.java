/** The control plane: watch the files, read, compile, choose the carried instances, hand the result over; keep the old on any error. */
@NullMarked
package io.secgroupd.daemon.control;

import org.jspecify.annotations.NullMarked;
