package io.secgroupd.daemon.packet;

import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;

/**
 * Reads the IPv6 header and the chain behind it. It walks exactly the headers that Linux walks before it delivers a packet,
 * because a chain read differently would judge one packet and deliver another.
 */
final class Ipv6Headers {

    /** RFC 8200 names eight places in a full chain; honest packets have one or two headers. */
    static final int MAX_EXTENSION_HEADERS = 8;

    /** This limit leaves room for the fixed header and the ports within the smallest sensible capture. */
    static final int MAX_EXTENSION_BYTES = 256;

    private static final int FIXED_HEADER = 40;
    /** Every extension header has at least 8 bytes. */
    private static final int MIN_EXTENSION = 8;

    private static final int FRAGMENT_OFFSET = 0xfff8;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int HIP = 139;
    private static final int SHIM6 = 140;
    private static final int EXPERIMENT_1 = 253;
    private static final int EXPERIMENT_2 = 254;

    private Ipv6Headers() {}

    static DecodeStatus decode(ByteBuffer buffer, int offset, int captured, PacketView into) {
        into.family = Family.IPV6;
        if (captured < FIXED_HEADER) {
            return DecodeStatus.TRUNCATED;
        }
        into.sourceHigh = buffer.getLong(offset + 8);
        into.sourceLow = buffer.getLong(offset + 16);
        into.destinationHigh = buffer.getLong(offset + 24);
        into.destinationLow = buffer.getLong(offset + 32);
        int payload = buffer.getShort(offset + 4) & 0xffff;
        // 0 stands for a jumbo payload (RFC 2675) or merged segments (BIG TCP), with or without the option that says
        // so. The kernel has cut every other packet with a 0 to its header, so the captured bytes are right.
        into.length = payload == 0 ? captured : FIXED_HEADER + payload;
        int end = offset + Math.min(captured, into.length);
        return walk(buffer, offset, end, into);
    }

    private static DecodeStatus walk(ByteBuffer buffer, int offset, int end, PacketView into) {
        int first = offset + FIXED_HEADER;
        int at = first;
        int walked = 0;
        into.protocol = buffer.get(offset + 6) & 0xff;
        while (isExtension(into.protocol)) {
            if (walked++ == MAX_EXTENSION_HEADERS) {
                return DecodeStatus.CHAIN_TOO_LONG;
            }
            if (end - at < MIN_EXTENSION) {
                return DecodeStatus.TRUNCATED;
            }
            DecodeStatus status = inspect(buffer, into.protocol, at, at == first);
            if (status != DecodeStatus.OK) {
                return status;
            }
            int length = lengthOf(buffer, into.protocol, at);
            if (at + length - first > MAX_EXTENSION_BYTES) {
                return DecodeStatus.CHAIN_TOO_LONG;
            }
            into.protocol = buffer.get(at) & 0xff;
            at += length;
        }
        return TransportHeaders.decode(buffer, at, end, Family.IPV6, into);
    }

    /**
     * Reports whether this is an extension header. Encrypted payload (50), mobility (135) and "no next header" (59) end a chain:
     * rules name them by number.
     */
    private static boolean isExtension(int header) {
        return switch (header) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
            case HIP, SHIM6, EXPERIMENT_1, EXPERIMENT_2 -> true;
            default -> false;
        };
    }

    /** Checks one extension header whose first 8 bytes are present. */
    private static DecodeStatus inspect(ByteBuffer buffer, int header, int at, boolean first) {
        return switch (header) {
            case HOP_BY_HOP -> first ? DecodeStatus.OK : DecodeStatus.HEADER_OUT_OF_ORDER;
            case ROUTING -> inspectRouting(buffer, at);
            case FRAGMENT -> (buffer.getShort(at + 2) & FRAGMENT_OFFSET) == 0 ? DecodeStatus.OK : DecodeStatus.FRAGMENT;
            case AUTHENTICATION, DESTINATION_OPTIONS -> DecodeStatus.OK;
            default -> DecodeStatus.UNKNOWN_HEADER;
        };
    }

    private static DecodeStatus inspectRouting(ByteBuffer buffer, int at) {
        if (buffer.get(at + 2) == 0) {
            return DecodeStatus.ROUTING_TYPE_0;
        }
        return buffer.get(at + 3) == 0 ? DecodeStatus.OK : DecodeStatus.SEGMENTS_LEFT;
    }

    /** The header's bytes: authentication counts in words of 4, less two; a fragment header has 8; others count in 8. */
    private static int lengthOf(ByteBuffer buffer, int header, int at) {
        int count = buffer.get(at + 1) & 0xff;
        return switch (header) {
            case FRAGMENT -> MIN_EXTENSION;
            case AUTHENTICATION -> (count + 2) * 4;
            default -> (count + 1) * 8;
        };
    }
}
