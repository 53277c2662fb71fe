/**
 * The packet loop decodes, decides, answers and hands decisions to the log; this package also has the policy that it reads.
 */
@NullMarked
package io.secgroupd.daemon.dataplane;

import org.jspecify.annotations.NullMarked;
