/** Examines the host: reads facts at the edge, and draws findings from them in pure functions, in plain words. */
@NullMarked
package io.secgroupd.daemon.doctor;

import org.jspecify.annotations.NullMarked;
