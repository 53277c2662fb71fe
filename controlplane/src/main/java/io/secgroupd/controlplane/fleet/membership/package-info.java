/** Which addresses the instances of a policy have by what the hosts of a fleet report. */
@NullMarked
package io.secgroupd.controlplane.fleet.membership;

import org.jspecify.annotations.NullMarked;
