package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.IpAddress;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts one kind of difference between a policy in force and a candidate. It is made before it is needed, and filled by the
 * loop that meets the difference first; from then on only the figures change.
 */
public final class DifferenceCounter {

    /** Stands for every port, or ICMP type, for which the table had no room. */
    static final int ANY_SERVICE = -1;

    /** Fills the places of a counter that has no decisions yet. */
    private static final Decision NONE = JudgedPacket.UNDECIDED;

    private Decision inForce = NONE;
    private Decision candidate = NONE;
    private int service;
    private Family family = Family.IPV4;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int protocol;
    private int sourcePort;
    private int destinationPort;
    private int icmpType;
    private int icmpCode;
    private volatile long first;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    /** @param forService the {@link Flow#selector} that this counter is for, or {@link #ANY_SERVICE} */
    void begin(Decision byPolicyInForce, Decision byCandidate, Flow flow, int forService, long epochMillis) {
        inForce = byPolicyInForce;
        candidate = byCandidate;
        service = forService;
        family = flow.family();
        sourceHigh = flow.sourceHigh();
        sourceLow = flow.sourceLow();
        destinationHigh = flow.destinationHigh();
        destinationLow = flow.destinationLow();
        protocol = flow.protocol();
        sourcePort = flow.sourcePort();
        destinationPort = flow.destinationPort();
        icmpType = flow.icmpType();
        icmpCode = flow.icmpCode();
        first = epochMillis;
    }

    /** Compares decisions as objects, since a filter has each of them once. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Decision byPolicyInForce, Decision byCandidate, int ofProtocol, int ofService) {
        return inForce == byPolicyInForce && candidate == byCandidate && protocol == ofProtocol && service == ofService;
    }

    void hit(long epochMillis) {
        if (first == 0) {
            first = epochMillis;
        }
        count.getAndIncrement();
        last.setOpaque(epochMillis);
    }

    public Decision inForce() {
        return inForce;
    }

    public Decision candidate() {
        return candidate;
    }

    /** Reports whether it counts all ports, or ICMP types, that have no counter of their own. */
    public boolean isOfAnyService() {
        return service == ANY_SERVICE;
    }

    /** The flow that was met first, in the orientation in which the policy in force has decided it. */
    public FlowTuple example() {
        return new FlowTuple(
                new IpAddress(family, sourceHigh, sourceLow),
                new IpAddress(family, destinationHigh, destinationLow),
                protocol,
                sourcePort,
                destinationPort,
                icmpType,
                icmpCode);
    }

    public long count() {
        return count.get();
    }

    /** When it was met first, in milliseconds since 1970-01-01T00:00:00Z. */
    public long first() {
        return first;
    }

    /** When it was met last, in milliseconds since 1970-01-01T00:00:00Z. */
    public long last() {
        return Math.max(first, last.getOpaque());
    }
}
