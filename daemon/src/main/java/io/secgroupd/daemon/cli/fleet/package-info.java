/** Commands of a fleet: what its operator does at a control server, and what a host of it runs. */
@NullMarked
package io.secgroupd.daemon.cli.fleet;

import org.jspecify.annotations.NullMarked;
