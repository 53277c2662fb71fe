package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.time.Duration;

/**
 * What one client, or all of them together, can cost at most.
 *
 * @param clients   of root at a time, each with one request; and as many again of all others together
 * @param followers of them, those that stay to follow the flow log: others must still get their turn
 * @param share     one user other than root may hold the {@code share}-th part of either
 * @param patience  until a request must have arrived as a whole, and again until its answer must have been taken
 */
record AdminLimits(int clients, int followers, int share, Duration patience) {

    static final AdminLimits DEFAULT = new AdminLimits(16, 8, 2, Duration.ofSeconds(10));

    /** In bytes: a request line, its headers, and a piece of a body. */
    static final int LINE = 4096;

    static final int HEADERS = 8192;
    static final int CHUNK = 8192;

    /** In bytes: the body of a request, and of the one that brings a policy. */
    static final int BODY = 1 << 20;

    static final int POLICY = 16 << 20;

    /** Clients that the kernel keeps waiting: with its default of 4096, a flood is answered long after it has ended. */
    static final int BACKLOG = 64;

    /** Changes that may wait behind the one that is being made. */
    static final int WAITING_CHANGES = 4;

    ClientLimit clientLimit() {
        return new ClientLimit(clients, clients / share);
    }

    ClientLimit followerLimit() {
        return new ClientLimit(followers, followers / share);
    }

    /** A client that may not change anything has no body to send, and cannot make the daemon gather one. */
    static int bodyOf(String uri, Access access) {
        if (access != Access.CHANGE) {
            return LINE;
        }
        return uri.startsWith("/apply") ? POLICY : BODY;
    }
}
