/** What a running daemon tells and is told: HTTP over a Unix socket, metrics, systemd's notifications. */
@NullMarked
package io.secgroupd.daemon.admin;

import org.jspecify.annotations.NullMarked;
