package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.AdminRoutes.Access;

/**
 * The client at the other end of a connection.
 *
 * @param uid as the kernel reports it; the same for all who connect by TCP
 */
record Peer(int uid, Access access) {

    /** A client of whom nothing is known. */
    static final Peer BY_TCP = new Peer(-1, Access.METRICS);
}
