package io.secgroupd.daemon.fuzz;

import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.fuzz.Claim;
import io.secgroupd.rules.fuzz.Cost;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Any bytes as a packet: it is read or refused, without a look at what stands around it, and without memory. */
public final class PacketFuzz {

    private static final int AROUND = 64;

    /** Nothing but what the reading of the counters themselves takes. */
    private static final long BASE = 1 << 16;

    private static final PacketView VIEW = new PacketView();
    private static final PacketView OTHER = new PacketView();

    private PacketFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuffer zeros = surrounded(input, (byte) 0);
        ByteBuffer ones = surrounded(input, (byte) 0xff);
        Cost.bounded(input.length, BASE, 0, () -> decode(zeros, ones, input.length));
    }

    private static ByteBuffer surrounded(byte[] input, byte by) {
        byte[] bytes = new byte[input.length + 2 * AROUND];
        Arrays.fill(bytes, by);
        System.arraycopy(input, 0, bytes, AROUND, input.length);
        return ByteBuffer.wrap(bytes);
    }

    private static void decode(ByteBuffer zeros, ByteBuffer ones, int length) {
        DecodeStatus status = PacketDecoder.decode(zeros, AROUND, length, VIEW);
        DecodeStatus other = PacketDecoder.decode(ones, AROUND, length, OTHER);
        Claim.that(status == other && isSame(VIEW, OTHER), "what stands around the packet was read");
        Claim.that(status != DecodeStatus.OK || VIEW.length() > 0, "a packet without a length");
        Claim.that(VIEW.protocol() >= 0 && VIEW.protocol() <= 255, "a protocol that is none");
        VIEW.reverse();
        Claim.that(VIEW.sourcePort() == OTHER.destinationPort(), "a reversed flow with other ports");
        VIEW.reverse();
        Claim.that(isSame(VIEW, OTHER), "a flow that is reversed twice is another one");
    }

    private static boolean isSame(PacketView one, PacketView other) {
        return one.family() == other.family()
                && one.sourceHigh() == other.sourceHigh()
                && one.sourceLow() == other.sourceLow()
                && one.destinationHigh() == other.destinationHigh()
                && one.destinationLow() == other.destinationLow()
                && one.protocol() == other.protocol()
                && one.sourcePort() == other.sourcePort()
                && one.destinationPort() == other.destinationPort()
                && one.icmpType() == other.icmpType()
                && one.icmpCode() == other.icmpCode()
                && one.icmpIdentifier() == other.icmpIdentifier()
                && one.tcpFlags() == other.tcpFlags()
                && one.tcpSequence() == other.tcpSequence()
                && one.length() == other.length();
    }
}
