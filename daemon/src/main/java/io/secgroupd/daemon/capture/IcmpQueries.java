package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;

/**
 * The ICMP messages that open a flow: those that ask for an answer. Connection tracking calls every other one part of what
 * it answers or reports on, or invalid.
 */
final class IcmpQueries {

    private IcmpQueries() {}

    static boolean mayOpen(PacketView packet) {
        if (isIcmpv4(packet)) {
            return switch (packet.icmpType()) {
                case 8, 13, 15, 17 -> true;
                default -> false;
            };
        }
        return !isIcmpv6(packet) || packet.icmpType() == 128 || packet.icmpType() == 139;
    }

    /** The type of a query, also of the query that this answers: echo, time stamp, information, mask, node information. */
    static int typeOf(PacketView packet) {
        if (isIcmpv4(packet)) {
            return switch (packet.icmpType()) {
                case 0 -> 8;
                case 14, 16, 18 -> packet.icmpType() - 1;
                default -> packet.icmpType();
            };
        }
        if (isIcmpv6(packet)) {
            return switch (packet.icmpType()) {
                case 129, 140 -> packet.icmpType() - 1;
                default -> packet.icmpType();
            };
        }
        return 0;
    }

    private static boolean isIcmpv4(PacketView packet) {
        return packet.protocol() == PacketView.ICMP && packet.family() == Family.IPV4;
    }

    private static boolean isIcmpv6(PacketView packet) {
        return packet.protocol() == PacketView.ICMPV6 && packet.family() == Family.IPV6;
    }
}
