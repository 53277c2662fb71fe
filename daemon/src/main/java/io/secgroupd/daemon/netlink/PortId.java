package io.secgroupd.daemon.netlink;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The numbers by which the kernel knows netlink sockets. Each is used once in the life of this process.
 *
 * <p>Left to itself the kernel gives the id of the process to whichever of its sockets has none beside it. When that is closed, the
 * number is free at once, and only then the kernel takes away what its owner had: the queues and tables of whoever has this number
 * ({@code netlink_release} and {@code nfqnl_rcv_nl_event} of Linux). A queue that is bound between the two is gone, nobody is told,
 * and every new connection is refused: of 34,000 that were bound while other threads opened and closed sockets, 524 were lost.
 */
final class PortId {

    /** No process id and no thread id is as large, so no program that leaves the choice to the kernel is given such a number first. */
    private static final int NO_PROCESS = 1 << 31;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt());

    private PortId() {}

    /** A number that no socket of this process has had; one of another process may have it. */
    static int next() {
        return NEXT.getAndIncrement() | NO_PROCESS;
    }
}
