package io.secgroupd.daemon.answer;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;

/**
 * Says which refused packets may be answered, and how (RFC 1122, 3.2.2 and RFC 4443, 2.4 e). One end is an address of this
 * host and the other a single foreign host, so that no answer goes to a crowd, comes from one, or is about somebody else's
 * traffic. A segment of TCP that opens nothing is never answered: a forged one would end a running connection.
 */
final class Answerable {

    private static final int ECHO_REQUEST = 8;
    private static final int ECHO_REQUEST_6 = 128;

    private Answerable() {}

    static AnswerKind kind(Hook hook, PacketView packet, OwnAddresses own) {
        AnswerKind kind = byProtocol(packet);
        return kind != AnswerKind.NONE && isBetweenThisHostAndAnother(hook, packet, own) ? kind : AnswerKind.NONE;
    }

    private static AnswerKind byProtocol(PacketView packet) {
        boolean ipv4 = packet.family() == Family.IPV4;
        return switch (packet.protocol()) {
            case PacketView.TCP -> PacketView.isSyn(packet.tcpFlags()) ? AnswerKind.RESET : AnswerKind.NONE;
            case PacketView.UDP -> AnswerKind.PROHIBITED;
            case PacketView.ICMP -> prohibitedIf(ipv4 && packet.icmpType() == ECHO_REQUEST);
            case PacketView.ICMPV6 -> prohibitedIf(!ipv4 && packet.icmpType() == ECHO_REQUEST_6);
            default -> AnswerKind.NONE;
        };
    }

    private static AnswerKind prohibitedIf(boolean is) {
        return is ? AnswerKind.PROHIBITED : AnswerKind.NONE;
    }

    private static boolean isBetweenThisHostAndAnother(Hook hook, PacketView packet, OwnAddresses own) {
        return switch (hook) {
            case INPUT ->
                isOurDestination(packet, own)
                        && isForeign(packet.family(), packet.sourceHigh(), packet.sourceLow(), own);
            case OUTPUT ->
                own.has(packet.family(), packet.sourceHigh(), packet.sourceLow())
                        && isForeign(packet.family(), packet.destinationHigh(), packet.destinationLow(), own);
            case FORWARD -> false; // its ends are others: who answered in their name would have to forge their address
        };
    }

    private static boolean isOurDestination(PacketView packet, OwnAddresses own) {
        return own.has(packet.family(), packet.destinationHigh(), packet.destinationLow());
    }

    private static boolean isForeign(Family family, long high, long low, OwnAddresses own) {
        return isUnicast(family, high, low) && !own.has(family, high, low);
    }

    /** Leaves out 0/8, 127/8 and all from 224/4 on; and ::/64, in which are ::1 and the mapped addresses, and ff00::/8. */
    private static boolean isUnicast(Family family, long high, long low) {
        if (family == Family.IPV6) {
            return high != 0 && high >>> 56 != 0xff;
        }
        long first = low >>> 24;
        return first != 0 && first != 127 && first < 224;
    }
}
