/** The host examined: facts read at the edge, findings drawn from them in pure functions, in words for the operator. */
@NullMarked
package io.secgroupd.daemon.doctor;

import org.jspecify.annotations.NullMarked;
