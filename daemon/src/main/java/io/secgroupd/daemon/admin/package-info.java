/** The interface to a running daemon: HTTP over a Unix socket, metrics, and systemd's notifications. */
@NullMarked
package io.secgroupd.daemon.admin;

import org.jspecify.annotations.NullMarked;
