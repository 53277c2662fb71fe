/** What the control server and a host of a fleet read from the network is given any bytes. */
@NullMarked
package io.secgroupd.controlplane.fuzz;

import org.jspecify.annotations.NullMarked;
