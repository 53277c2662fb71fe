/** What a control server does for the hosts of a fleet: it tells them which revision is theirs, hands it out, and hears of it. */
@NullMarked
package io.secgroupd.controlplane.fleet.server;

import org.jspecify.annotations.NullMarked;
