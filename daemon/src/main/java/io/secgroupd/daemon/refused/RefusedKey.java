package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import java.nio.ByteBuffer;

/** Everything of a first packet that its verdict depends on. The source port is no part of it: no rule names one. */
public record RefusedKey(
        Family family,
        long sourceHigh,
        long sourceLow,
        long destinationHigh,
        long destinationLow,
        int protocol,
        int destinationPort)
        implements Flow {

    /** The protocol and the port take a register of 4 bytes each. */
    private static final int PLAIN_4 = 4 + 4 + 4 + 4;

    private static final int PLAIN_6 = 16 + 16 + 4 + 4;

    private static final long LOW_32 = 0xffff_ffffL;

    /** Takes what matters of a flow. */
    public static RefusedKey of(Flow flow) {
        return new RefusedKey(
                flow.family(),
                flow.sourceHigh(),
                flow.sourceLow(),
                flow.destinationHigh(),
                flow.destinationLow(),
                flow.protocol(),
                flow.destinationPort());
    }

    static int bytes(Family family) {
        return family == Family.IPV4 ? PLAIN_4 : PLAIN_6;
    }

    /** The key as the kernel keeps it: source, destination, protocol and port, each in whole registers. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(bytes(family));
        if (family == Family.IPV4) {
            bytes.putInt((int) sourceLow).putInt((int) destinationLow);
        } else {
            bytes.putLong(sourceHigh)
                    .putLong(sourceLow)
                    .putLong(destinationHigh)
                    .putLong(destinationLow);
        }
        int protocolAt = bytes.position();
        return bytes.put(protocolAt, (byte) protocol)
                .putShort(protocolAt + 4, (short) destinationPort)
                .array();
    }

    /** Reads a key as the kernel keeps it; the caller asks the reader whether it was whole. */
    static RefusedKey read(Family family, AttributeReader value) {
        boolean v4 = family == Family.IPV4;
        int protocolAt = bytes(family) - 8;
        return new RefusedKey(
                family,
                v4 ? 0 : value.u64(0),
                v4 ? value.u32(0) & LOW_32 : value.u64(8),
                v4 ? 0 : value.u64(16),
                v4 ? value.u32(4) & LOW_32 : value.u64(24),
                value.u8(protocolAt),
                value.u16(protocolAt + 4));
    }

    @Override
    public int sourcePort() {
        return 0;
    }

    @Override
    public int icmpType() {
        return 0;
    }

    @Override
    public int icmpCode() {
        return 0;
    }

    /** A record's own method is linked at run time, at each start. */
    @Override
    public int hashCode() {
        long mixed = (sourceHigh * 31 + sourceLow) * 31 + destinationHigh;
        mixed = (mixed * 31 + destinationLow) * 31 + ((long) destinationPort << 8 | protocol);
        return Long.hashCode(mixed * 0x9E37_79B9_7F4A_7C15L);
    }
}
