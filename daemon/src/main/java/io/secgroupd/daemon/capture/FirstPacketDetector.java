package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.packet.IcmpPair;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells which packets open a flow, as the kernel's connection tracking would, by a bounded table of flows with time-outs.
 * When it is full, the least recently seen flow is forgotten, and its next packet counts as a first one. For one thread.
 */
final class FirstPacketDetector {

    /** How a packet relates to its flow. */
    enum Standing {
        /** The packet is the first of a flow. */
        FIRST,
        /** The packet comes from the same end as the first one and nothing has come back: for the kernel it is still new. */
        REPEATED,
        /** The packet belongs to a known flow, cannot open one, or is a copy of one seen on another interface. */
        LATER
    }

    /** nf_conntrack_udp_timeout, …_icmp_timeout and …_udp_timeout_stream, in milliseconds. */
    private static final long UNANSWERED = 30_000;

    private static final long ANSWERED = 120_000;
    /** nf_conntrack_generic_timeout. */
    private static final long OTHER = 600_000;
    /** nf_conntrack_tcp_timeout_established: 5 days. */
    private static final long TCP = 432_000_000;

    private final int capacity;
    private final LinkedHashMap<FlowKey, Seen> flows = new LinkedHashMap<>(1024, 0.75f, true);
    private long forgotten;

    private static final class Seen {
        final int interfaceIndex;
        long lastMillis;
        boolean answered;

        Seen(int interfaceIndex, long now) {
            this.interfaceIndex = interfaceIndex;
            this.lastMillis = now;
        }
    }

    /** @param capacity the most flows at once, at about 200 bytes each */
    FirstPacketDetector(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes a packet into account and returns how it relates to its flow.
     *
     * @param interfaceIndex the interface that showed it; a bridge or VLAN device shows a packet again that its port has
     * shown
     * @param now the time of the packet, in milliseconds since 1970-01-01T00:00:00Z
     */
    Standing of(PacketView packet, int interfaceIndex, long now) {
        FlowKey key = FlowKey.of(packet);
        if (!mayOpen(packet)) {
            noteAnswer(key, now);
            return Standing.LATER;
        }
        return packet.protocol() == PacketView.TCP && !packet.isPickup()
                ? syn(key, interfaceIndex, now)
                : other(key, interfaceIndex, now);
    }

    /**
     * Reports whether a packet may open a flow. Of ICMP those do that ask for an answer: connection tracking treats every
     * other message as part of the flow that it answers or reports on, or as invalid.
     */
    private static boolean mayOpen(PacketView packet) {
        if (isIcmpv4(packet)) {
            return switch (packet.icmpType()) {
                case 8, 13, 15, 17 -> true;
                default -> false;
            };
        }
        return !isIcmpv6(packet) || packet.icmpType() == 128 || packet.icmpType() == 139;
    }

    /** Returns the type of a query, or of the query that this message answers. */
    private static int queryType(PacketView packet) {
        if (IcmpPair.isAnswer(packet.family(), packet.protocol(), packet.icmpType())) {
            return IcmpPair.other(packet.family(), packet.protocol(), packet.icmpType());
        }
        return isIcmpv4(packet) || isIcmpv6(packet) ? packet.icmpType() : 0;
    }

    private static boolean isIcmpv4(PacketView packet) {
        return packet.protocol() == PacketView.ICMP && packet.family() == Family.IPV4;
    }

    private static boolean isIcmpv6(PacketView packet) {
        return packet.protocol() == PacketView.ICMPV6 && packet.family() == Family.IPV6;
    }

    /** A SYN opens a connection whatever was there before, unless it repeats an earlier SYN. */
    private Standing syn(FlowKey key, int interfaceIndex, long now) {
        Seen seen = flows.get(key);
        if (seen == null || now - seen.lastMillis > ANSWERED) {
            remember(key, interfaceIndex, now);
            return Standing.FIRST;
        }
        seen.lastMillis = now;
        return seen.interfaceIndex == interfaceIndex ? Standing.REPEATED : Standing.LATER;
    }

    private Standing other(FlowKey key, int interfaceIndex, long now) {
        // A ping does not answer a ping, even with the same identifier, because both ends may ask.
        if (key.query() == 0 && noteAnswer(key, now)) {
            return Standing.LATER;
        }
        Seen seen = alive(key, now);
        if (seen == null) {
            remember(key, interfaceIndex, now);
            return Standing.FIRST;
        }
        seen.lastMillis = now;
        boolean again = !seen.answered && seen.interfaceIndex == interfaceIndex && key.protocol() != PacketView.TCP;
        return again ? Standing.REPEATED : Standing.LATER;
    }

    /** Reports whether the packet comes from the other end of a flow. */
    private boolean noteAnswer(FlowKey key, long now) {
        Seen asked = alive(key.reversed(), now);
        if (asked == null) {
            return false;
        }
        asked.answered = true;
        asked.lastMillis = now;
        return true;
    }

    private @Nullable Seen alive(FlowKey key, long now) {
        Seen seen = flows.get(key);
        return seen != null && now - seen.lastMillis <= limit(key, seen) ? seen : null;
    }

    private static long limit(FlowKey key, Seen seen) {
        return switch (key.protocol()) {
            case PacketView.TCP -> TCP;
            case PacketView.UDP -> seen.answered ? ANSWERED : UNANSWERED;
            case PacketView.ICMP, PacketView.ICMPV6 -> UNANSWERED;
            default -> OTHER;
        };
    }

    private void remember(FlowKey key, int interfaceIndex, long now) {
        flows.put(key, new Seen(interfaceIndex, now));
        if (flows.size() > capacity) {
            forgetOldest(now);
        }
    }

    private void forgetOldest(long now) {
        Iterator<Map.Entry<FlowKey, Seen>> oldest = flows.entrySet().iterator();
        var entry = oldest.next();
        if (now - entry.getValue().lastMillis <= limit(entry.getKey(), entry.getValue())) {
            forgotten++;
        }
        oldest.remove();
    }

    /** How many flows were forgotten before their time because the table was full. */
    long forgotten() {
        return forgotten;
    }

    /** Identifies a flow as connection tracking does: by both ends, and by the identifier of an ICMP query. */
    record FlowKey(
            Family family,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int protocol,
            int sourcePort,
            int destinationPort,
            int query) {

        static FlowKey of(PacketView packet) {
            return new FlowKey(
                    packet.family(),
                    packet.sourceHigh(),
                    packet.sourceLow(),
                    packet.destinationHigh(),
                    packet.destinationLow(),
                    packet.protocol(),
                    packet.sourcePort(),
                    packet.destinationPort(),
                    queryType(packet) << 16 | packet.icmpIdentifier());
        }

        /** The key of the answers. */
        FlowKey reversed() {
            return new FlowKey(
                    family,
                    destinationHigh,
                    destinationLow,
                    sourceHigh,
                    sourceLow,
                    protocol,
                    destinationPort,
                    sourcePort,
                    query);
        }
    }
}
