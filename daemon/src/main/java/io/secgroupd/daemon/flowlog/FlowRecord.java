package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.packet.ReusedFlow;
import io.secgroupd.daemon.refused.KernelRefusals;
import io.secgroupd.daemon.refused.RefusedFlow;
import io.secgroupd.daemon.units.SocketCgroups;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.FixedDecisions;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision as the log needs it. Records are reused: the packet loop fills one, and the writer reads it and gives it
 * back.
 */
final class FlowRecord extends ReusedFlow {

    private static final Decision NONE =
            FixedDecisions.of(Verdict.REJECT, Reason.INTERNAL_ERROR).ingress();

    private long firstMillis;
    private long lastMillis;
    private long packets;
    private long bytes;
    private Decision decision = NONE;
    private @Nullable Decision candidate;
    private boolean observed;
    private int interfaceIndex;
    private long generation;
    private boolean repeat;
    private LocalEnd localEnd = LocalEnd.NONE;
    private long cgroup;
    private @Nullable String unit;
    private long edition;

    /**
     * @param candidate what a candidate would have decided, when that is another verdict; otherwise null
     * @param bytes the size of the IP packet; 0 when the packet does not say
     * @param localEnd which end is a socket that tells the unit
     */
    void fill(
            long epochMillis,
            Decision decision,
            @Nullable Decision candidate,
            boolean observed,
            Flow flow,
            int bytes,
            int tcpFlags,
            int tcpSequence,
            int interfaceIndex,
            long generation,
            LocalEnd localEnd) {
        this.firstMillis = epochMillis;
        this.lastMillis = epochMillis;
        this.packets = 1;
        this.bytes = bytes;
        this.decision = decision;
        this.candidate = candidate;
        this.observed = observed;
        this.tcpFlags = tcpFlags;
        this.tcpSequence = tcpSequence;
        this.interfaceIndex = interfaceIndex;
        this.generation = generation;
        this.repeat = false;
        this.localEnd = localEnd;
        this.cgroup = SocketCgroups.UNTOLD;
        this.unit = null;
        this.edition = 0;
        copy(flow);
        if (decision.reason() == Reason.UNDECODABLE) {
            clearFlow(); // the flow is untrustworthy and would make each packet of a flood a kind of its own
            this.localEnd = LocalEnd.NONE;
        }
    }

    private void copy(Flow flow) {
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
    }

    void fill(FlowRecord other) {
        fill(
                other.firstMillis,
                other.decision,
                other.candidate,
                other.observed,
                other,
                0,
                other.tcpFlags,
                other.tcpSequence,
                other.interfaceIndex,
                other.generation,
                other.localEnd);
        this.cgroup = other.cgroup;
        this.unit = other.unit;
        this.repeat = other.repeat;
        this.lastMillis = other.lastMillis;
        this.packets = other.packets;
        this.bytes = other.bytes;
    }

    /** Fills in what the kernel has refused by itself. */
    void fill(KernelRefusals refused) {
        RefusedFlow flow = refused.flow();
        fill(
                flow.epochMillis(),
                flow.decision(),
                null,
                false,
                flow.key(),
                0,
                flow.key().protocol() == PacketView.TCP ? PacketView.SYN : 0,
                0,
                flow.interfaceIndex(),
                flow.generation(),
                LocalEnd.DESTINATION);
        this.sourcePort = flow.sourcePort();
        this.unit = flow.unit();
        this.lastMillis = refused.lastMillis();
        this.packets = refused.packets();
        this.bytes = refused.bytes();
    }

    /** Stands for no packet from now on, but keeps what makes two attempts equal. */
    void forgetPackets() {
        packets = 0;
        bytes = 0;
    }

    /** Reports whether this stands for no packet. */
    boolean isEmpty() {
        return packets == 0;
    }

    /** Counts an equal record as part of this one. Source port and interface stay those of the first. */
    void absorb(FlowRecord equal) {
        if (isEmpty()) {
            fill(equal);
            return;
        }
        lastMillis = Math.max(lastMillis, equal.lastMillis);
        packets += equal.packets;
        bytes += equal.bytes;
        tcpFlags |= equal.tcpFlags;
    }

    /** Marks this record as a SYN that has been recorded before. */
    void markRepeat() {
        repeat = true;
    }

    /**
     * Reports whether the other record is the same attempt under the same policy, with the same verdict, and to a candidate as
     * well. Repeats are
     * distinguished by connection.
     */
    boolean sameAttempt(FlowRecord other) {
        return sourceLow == other.sourceLow
                && destinationPort == other.destinationPort
                && destinationLow == other.destinationLow
                && sourceHigh == other.sourceHigh
                && destinationHigh == other.destinationHigh
                && protocol == other.protocol
                && family == other.family
                && icmpType == other.icmpType
                && icmpCode == other.icmpCode
                && decision.direction() == other.decision.direction()
                && generation == other.generation
                && repeat == other.repeat
                && (!repeat || sourcePort == other.sourcePort)
                && decision.reason() == other.decision.reason()
                && decision.instance().equals(other.decision.instance())
                && Objects.equals(candidate, other.candidate);
    }

    /** Reports whether the other record has the same destination, protocol, type and flags; its source may be any. */
    boolean sameDestination(FlowRecord other) {
        return destinationLow == other.destinationLow
                && destinationHigh == other.destinationHigh
                && destinationPort == other.destinationPort
                && protocol == other.protocol
                && family == other.family
                && icmpType == other.icmpType
                && icmpCode == other.icmpCode
                && tcpFlags == other.tcpFlags;
    }

    int attemptHash() {
        long mixed = sourceLow * 31 + sourceHigh;
        mixed = mixed * 31 + destinationLow;
        mixed = mixed * 31 + destinationHigh;
        mixed = mixed * 31 + ((long) destinationPort << 24 | protocol << 16 | icmpType << 8 | icmpCode);
        mixed = mixed * 31 + (repeat ? sourcePort : 0);
        return Long.hashCode(mixed * 0x9E37_79B9_7F4A_7C15L);
    }

    /** The time of the first packet, in milliseconds since 1970-01-01T00:00:00Z. */
    long firstMillis() {
        return firstMillis;
    }

    /** The time of the last packet, in milliseconds since 1970-01-01T00:00:00Z. */
    long lastMillis() {
        return lastMillis;
    }

    long packets() {
        return packets;
    }

    /** The bytes of all packets, IP headers included; 0 when the packets do not say. */
    long bytes() {
        return bytes;
    }

    Decision decision() {
        return decision;
    }

    /** What a candidate would have decided, when that is another verdict; otherwise null. */
    @Nullable
    Decision candidate() {
        return candidate;
    }

    /** Reports whether the packet was let through regardless of the verdict. */
    boolean observed() {
        return observed;
    }

    IpAddress source() {
        return new IpAddress(family, sourceHigh, sourceLow);
    }

    IpAddress destination() {
        return new IpAddress(family, destinationHigh, destinationLow);
    }

    /** Reports whether this is a repeated SYN of a connection that already has its own line. */
    boolean repeat() {
        return repeat;
    }

    /** The end whose socket tells the unit. */
    LocalEnd localEnd() {
        return localEnd;
    }

    /** The id of the control group of the socket that sent the packet, or one of {@link SocketCgroups}' other answers. */
    long cgroup() {
        return cgroup;
    }

    void sentFrom(long id) {
        cgroup = id;
    }

    /** The unit, or other control group, that opened or serves this; null when it is not known. */
    @Nullable
    String unit() {
        return unit;
    }

    /** What has none most often is not written to: the packet loop's processor would lose its line of the cache. */
    void unit(@Nullable String name) {
        if (name != null || unit != null) {
            unit = name;
        }
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    /** The edition of the policy that judged the packet; 0 when it is not known. */
    long edition() {
        return edition;
    }

    void judgedBy(long number) {
        edition = number;
    }

    long generation() {
        return generation;
    }
}
