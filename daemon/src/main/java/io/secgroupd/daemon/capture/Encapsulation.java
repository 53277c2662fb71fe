package io.secgroupd.daemon.capture;

import io.secgroupd.daemon.capture.Frame.Travel;
import java.nio.ByteBuffer;

/**
 * Skips what may stand between an EtherType and an IP packet: any number of VLAN tags; a PPPoE session (RFC 2516); MPLS
 * labels (RFC 3032). Total: it ends on every byte string, and each step first checks the length.
 */
final class Encapsulation {

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int MPLS = 0x8847;
    private static final int MPLS_UPSTREAM = 0x8848;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PPPOE_HEADER = 6;
    private static final int LABEL = 4;

    private Encapsulation() {}

    /** Finds the IP packet behind an EtherType whose payload begins at this offset. */
    static Frame find(ByteBuffer bytes, int etherType, int payloadAt, int interfaceIndex, Travel travel) {
        int type = etherType;
        int at = payloadAt;
        while (isTag(type) && bytes.limit() >= at + 4) {
            type = bytes.getShort(at + 2) & 0xffff;
            at += 4;
        }
        int ip = switch (type) {
            case IPV4, IPV6 -> at;
            case PPPOE_SESSION -> behindPppoe(bytes, at);
            case MPLS, MPLS_UPSTREAM -> behindLabels(bytes, at);
            default -> -1;
        };
        return ip >= 0 && ip < bytes.limit() ? new Frame(ip, interfaceIndex, travel) : Frame.without(type);
    }

    /** Version and type 1, code 0, session, length; then PPP's protocol in two bytes, or in one when it is odd. */
    private static int behindPppoe(ByteBuffer bytes, int at) {
        int protocolAt = at + PPPOE_HEADER;
        if (bytes.limit() < protocolAt + 2 || bytes.getShort(at) != 0x1100) {
            return -1;
        }
        int first = bytes.get(protocolAt) & 0xff;
        boolean compressed = (first & 1) == 1;
        int protocol = compressed ? first : bytes.getShort(protocolAt) & 0xffff;
        return protocol == PPP_IPV4 || protocol == PPP_IPV6 ? protocolAt + (compressed ? 1 : 2) : -1;
    }

    /** Nothing says what follows the last label. What begins with 4 or 6 is IP; pseudowires make sure that they do not. */
    private static int behindLabels(ByteBuffer bytes, int at) {
        int label = at;
        while (bytes.limit() > label + LABEL) {
            boolean last = (bytes.get(label + 2) & 1) == 1;
            label += LABEL;
            if (last) {
                int version = bytes.get(label) >> 4 & 0xf;
                return version == 4 || version == 6 ? label : -1;
            }
        }
        return -1;
    }

    private static boolean isTag(int etherType) {
        return etherType == 0x8100 || etherType == 0x88a8 || etherType == 0x9100;
    }
}
