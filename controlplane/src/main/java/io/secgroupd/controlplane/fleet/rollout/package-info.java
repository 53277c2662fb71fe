/** How a revision reaches the hosts of a fleet: to a few first, then to more, for as long as they are well with it. */
@NullMarked
package io.secgroupd.controlplane.fleet.rollout;

import org.jspecify.annotations.NullMarked;
