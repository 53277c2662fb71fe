package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.time.Duration;
import java.util.List;

/**
 * The most that one client, or all clients together, can cost.
 *
 * @param clients   of root at a time, each with one request; and as many again of all others together
 * @param followers of them, those that stay to follow the flow log: others must still get their turn
 * @param share     one user other than root may hold the {@code share}-th part of either
 * @param patience  until a request must have arrived as a whole, and again until its answer must have been taken
 */
record AdminLimits(int clients, int followers, int share, Duration patience) {

    static final AdminLimits DEFAULT = new AdminLimits(16, 8, 2, Duration.ofSeconds(10));

    /** The largest request line, headers, and piece of a body, in bytes. */
    static final int LINE = 4096;

    static final int HEADERS = 8192;
    static final int CHUNK = 8192;

    /** The largest body of an ordinary request, and of one that brings a policy, in bytes. */
    static final int BODY = 1 << 20;

    static final int POLICY = 16 << 20;

    /** The same of a revision: a fleet's policy may have 48 MiB in all of its files, which Base64 makes longer by a third. */
    static final int REVISION = 66 << 20;

    /** The largest body comes in so many pieces, which are not copied together on the way. */
    static final int PIECES = REVISION / 1024;

    private static final List<String> WITH_POLICY = List.of("/apply", AdminRoutes.GUARD, ShadowRoutes.BEGIN);

    /**
     * The number of clients that the kernel keeps waiting. With the default of 4096, the daemon would still be
     * answering a flood long after its end.
     */
    static final int BACKLOG = 64;

    /** The number of changes that may wait behind the one in progress. */
    static final int WAITING_CHANGES = 4;

    ClientLimit clientLimit() {
        return new ClientLimit(clients, clients / share);
    }

    ClientLimit followerLimit() {
        return new ClientLimit(followers, followers / share);
    }

    /** A client that may not change anything has no body to send, and cannot make the daemon gather one. */
    static int bodyOf(String uri, Access access) {
        if (access == Access.METRICS || access == Access.READ) {
            return LINE;
        }
        if (uri.startsWith(AdminRoutes.TRY) && access != Access.CONTROL) {
            return REVISION;
        }
        return WITH_POLICY.stream().anyMatch(uri::startsWith) ? POLICY : BODY;
    }
}
