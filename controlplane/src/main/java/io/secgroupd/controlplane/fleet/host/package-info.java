/** A host of a fleet: follows a control server, and hands each revision to the daemon of the host on trial. */
@NullMarked
package io.secgroupd.controlplane.fleet.host;

import org.jspecify.annotations.NullMarked;
