package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;

/**
 * Recognises packets between the host's own DHCP client and its servers outside any connection, which the rules do not
 * judge, as in the netfilter skeleton. Unlike there, the sending account is unknown: a copy of a packet does not show it.
 */
final class DhcpClient {

    private static final int SERVER_4 = 67;
    private static final int CLIENT_4 = 68;
    private static final long EVERYONE_ON_THE_LINK = 0xffff_ffffL;
    private static final int CLIENT_6 = 546;
    private static final int SERVER_6 = 547;
    /** ff02::1:2. */
    private static final long AGENTS_HIGH = 0xff02L << 48;

    private static final long AGENTS_LOW = 0x1_0002L;

    private DhcpClient() {}

    static boolean speaks(PacketView packet, Direction direction) {
        if (packet.protocol() != PacketView.UDP) {
            return false;
        }
        boolean arrives = direction == Direction.INGRESS;
        if (packet.family() == Family.IPV4) {
            return arrives
                    ? ports(packet, SERVER_4, CLIENT_4) && packet.destinationLow() == EVERYONE_ON_THE_LINK
                    : ports(packet, CLIENT_4, SERVER_4);
        }
        if (!isLinkLocal(packet.sourceHigh())) {
            return false;
        }
        return arrives
                ? ports(packet, SERVER_6, CLIENT_6) && isLinkLocal(packet.destinationHigh())
                : ports(packet, CLIENT_6, SERVER_6)
                        && packet.destinationHigh() == AGENTS_HIGH
                        && packet.destinationLow() == AGENTS_LOW;
    }

    private static boolean ports(PacketView packet, int source, int destination) {
        return packet.sourcePort() == source && packet.destinationPort() == destination;
    }

    /** fe80::/10. */
    private static boolean isLinkLocal(long high) {
        return high >>> 54 == 0x3fa;
    }
}
