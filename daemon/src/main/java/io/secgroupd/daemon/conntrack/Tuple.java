package io.secgroupd.daemon.conntrack;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.rules.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One direction of an entry, decoded from its attributes and reused for every entry.
 *
 * <p>Protocols without ports, such as ICMP, have type and code instead; others have neither.
 */
final class Tuple {

    @Nullable
    IpAddress source;

    @Nullable
    IpAddress destination;

    int protocol;
    int sourcePort;
    int destinationPort;
    int icmpType;
    int icmpCode;
    boolean malformed;

    private final AttributeReader parts;
    private final AttributeReader fields;

    Tuple(AttributeReader parts, AttributeReader fields) {
        this.parts = parts;
        this.fields = fields;
    }

    void clear() {
        source = null;
        destination = null;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        icmpType = 0;
        icmpCode = 0;
        malformed = false;
    }

    void read(AttributeReader attribute) {
        attribute.nested(parts);
        while (parts.next()) {
            parts.nested(fields);
            while (fields.next()) {
                if (parts.type() == Ctnetlink.TUPLE_IP) {
                    readAddress();
                } else if (parts.type() == Ctnetlink.TUPLE_PROTOCOL) {
                    readProtocol();
                }
            }
            malformed |= fields.malformed();
        }
        malformed |= parts.malformed();
    }

    private void readAddress() {
        switch (fields.type()) {
            case Ctnetlink.SOURCE_4 -> source = IpAddress.ipv4(fields.u32(0));
            case Ctnetlink.DESTINATION_4 -> destination = IpAddress.ipv4(fields.u32(0));
            case Ctnetlink.SOURCE_6 -> source = IpAddress.ipv6(fields.u64(0), fields.u64(8));
            case Ctnetlink.DESTINATION_6 -> destination = IpAddress.ipv6(fields.u64(0), fields.u64(8));
            default -> {}
        }
    }

    private void readProtocol() {
        switch (fields.type()) {
            case Ctnetlink.NUMBER -> protocol = fields.u8(0);
            case Ctnetlink.SOURCE_PORT -> sourcePort = fields.u16(0);
            case Ctnetlink.DESTINATION_PORT -> destinationPort = fields.u16(0);
            case Ctnetlink.ICMP_TYPE, Ctnetlink.ICMPV6_TYPE -> icmpType = fields.u8(0);
            case Ctnetlink.ICMP_CODE, Ctnetlink.ICMPV6_CODE -> icmpCode = fields.u8(0);
            default -> {}
        }
    }
}
