/** The loop: decode, decide, answer, hand to the log; and the policy that it reads. */
@NullMarked
package io.secgroupd.daemon.dataplane;

import org.jspecify.annotations.NullMarked;
