package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.net.Flow;

/**
 * Tells whether this host has a running connection. A packet that arrives in the middle of one is judged as if this host had
 * opened it, and most hosts may open anything. Without evidence, every bare ACK would be let in, and the reset that answers
 * it would tell a scanner that the host is there.
 */
@FunctionalInterface
public interface ConnectionEvidence {

    /**
     * Reports whether a local socket is connected from the flow's source to its destination and can have opened that
     * connection, which means that nobody listens at its local end. Allocates nothing.
     */
    boolean connected(Flow opened);
}
