package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;

/**
 * One decision as the log needs it. Records are made once and filled again and again: the packet loop fills one, the
 * writer reads it and gives it back.
 */
final class FlowRecord {

    private static final Decision NONE = Decision.of(Verdict.REJECT, Reason.INTERNAL_ERROR);

    private long epochMillis;
    private Decision decision = NONE;
    private Direction direction = Direction.INGRESS;
    private boolean observed;
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
    private int tcpFlags;
    private int interfaceIndex;
    private long generation;

    void fill(
            long epochMillis,
            Decision decision,
            Direction direction,
            boolean observed,
            Flow flow,
            int tcpFlags,
            int interfaceIndex,
            long generation) {
        this.epochMillis = epochMillis;
        this.decision = decision;
        this.direction = direction;
        this.observed = observed;
        this.family = flow.family();
        this.sourceHigh = flow.sourceHigh();
        this.sourceLow = flow.sourceLow();
        this.destinationHigh = flow.destinationHigh();
        this.destinationLow = flow.destinationLow();
        this.protocol = flow.protocol();
        this.sourcePort = flow.sourcePort();
        this.destinationPort = flow.destinationPort();
        this.icmpType = flow.icmpType();
        this.icmpCode = flow.icmpCode();
        this.tcpFlags = tcpFlags;
        this.interfaceIndex = interfaceIndex;
        this.generation = generation;
    }

    /** Milliseconds since 1970-01-01T00:00:00Z. */
    long epochMillis() {
        return epochMillis;
    }

    Decision decision() {
        return decision;
    }

    Direction direction() {
        return direction;
    }

    /** Whether the packet was let through whatever the verdict says. */
    boolean observed() {
        return observed;
    }

    IpAddress source() {
        return new IpAddress(family, sourceHigh, sourceLow);
    }

    IpAddress destination() {
        return new IpAddress(family, destinationHigh, destinationLow);
    }

    int protocol() {
        return protocol;
    }

    int sourcePort() {
        return sourcePort;
    }

    int destinationPort() {
        return destinationPort;
    }

    int icmpType() {
        return icmpType;
    }

    int icmpCode() {
        return icmpCode;
    }

    /** The flags byte of the TCP header: SYN is 2, as in AWS flow logs. */
    int tcpFlags() {
        return tcpFlags;
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    long generation() {
        return generation;
    }
}
