/** The packet loop, which decodes, decides, answers and hands decisions to the log; and the policy that it reads. */
@NullMarked
package io.secgroupd.daemon.dataplane;

import org.jspecify.annotations.NullMarked;
