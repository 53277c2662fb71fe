package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;

/**
 * The ICMP messages that come in pairs of a query and its answer: echo, time stamp, information and address mask in IPv4,
 * echo and node information in IPv6. An ICMP of the other family is treated like any other protocol.
 */
public final class IcmpPair {

    private IcmpPair() {}

    /** Reports whether a message answers a query. */
    public static boolean isAnswer(Family family, int protocol, int type) {
        return switch (protocol) {
            case PacketView.ICMP -> family == Family.IPV4 && (type == 0 || type == 14 || type == 16 || type == 18);
            case PacketView.ICMPV6 -> family == Family.IPV6 && (type == 129 || type == 140);
            default -> false;
        };
    }

    /** Returns the type of the other message of the pair, or the same type when there is none. */
    public static int other(Family family, int protocol, int type) {
        if (protocol == PacketView.ICMP && family == Family.IPV4) {
            return switch (type) {
                case 0 -> 8;
                case 8 -> 0;
                case 13, 15, 17 -> type + 1;
                case 14, 16, 18 -> type - 1;
                default -> type;
            };
        }
        if (protocol == PacketView.ICMPV6 && family == Family.IPV6) {
            return switch (type) {
                case 128, 139 -> type + 1;
                case 129, 140 -> type - 1;
                default -> type;
            };
        }
        return type;
    }
}
