package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.AdminRoutes.Access;

/**
 * The client at the other end of a connection.
 *
 * @param uid the user id that the kernel reports; the same for all who connect by TCP
 */
record Client(int uid, Access access) {

    /** A client about which nothing is known. */
    static final Client BY_TCP = new Client(-1, Access.METRICS);
}
