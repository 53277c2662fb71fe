package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.packet.IcmpPair;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;

/**
 * Recognises the ICMP messages that open a flow, which are those that ask for an answer. Connection tracking treats every
 * other message as part of the flow that it answers or reports on, or as invalid.
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

    /** Returns the type of a query, or of the query that this message answers. */
    static int typeOf(PacketView packet) {
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
}
