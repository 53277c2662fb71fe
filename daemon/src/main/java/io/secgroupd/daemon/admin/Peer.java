package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.AdminRoutes.Access;

/**
 * Who is at the other end.
 *
 * @param uid the kernel says so; one and the same for all who come by TCP
 */
record Peer(int uid, Access access) {

    /** Of whom nothing is known. */
    static final Peer BY_TCP = new Peer(-1, Access.METRICS);
}
