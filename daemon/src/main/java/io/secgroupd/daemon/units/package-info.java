/** The units of systemd, and other control groups, behind the sockets of this host. */
@NullMarked
package io.secgroupd.daemon.units;

import org.jspecify.annotations.NullMarked;
