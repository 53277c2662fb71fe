package io.secgroupd.daemon.attack;

import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Packets beside live connections by seed: their client's to other ports, strangers' with their ports, any flags near their
 * numbers, errors about them and about others, pieces of a packet that say one port first and another one later.
 */
final class ForgedPackets {

    private static final int[] FLAGS = {0x02, 0x10, 0x18, 0x12, 0x04, 0x14, 0x11, 0x01, 0x00, 0x03};
    private static final int ACK = HandmadeConnection.ACK;
    private static final int[][] ERRORS_4 = {{3, 3}, {3, 4}, {5, 1}, {11, 0}, {12, 0}, {4, 0}, {8, 0}, {0, 0}};
    private static final int[][] ERRORS_6 = {{1, 4}, {2, 0}, {3, 0}, {4, 1}, {137, 0}, {128, 0}, {129, 0}};

    private final Random random;
    private final List<HandmadeConnection> live;
    private final List<Integer> tcp = new ArrayList<>(AttackedHost.CLOSED_TCP);
    private final List<Integer> udp = new ArrayList<>(AttackedHost.CLOSED_UDP);

    ForgedPackets(Random random, List<HandmadeConnection> live) {
        this.random = random;
        this.live = List.copyOf(live);
        tcp.add(AttackedHost.TCP);
        udp.add(AttackedHost.UDP);
    }

    /** One packet, or the pieces of one. */
    List<byte[]> next() {
        HandmadeConnection one = live.get(random.nextInt(live.size()));
        String source = random.nextInt(4) == 0 ? one.from() : strangerTo(one);
        WirePacket to = WirePacket.of(source, one.to());
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> List.of(segment(one, to));
            case 5, 6 -> List.of(to.udp(port(one), pick(udp), new byte[random.nextInt(9)]));
            case 7, 8 -> List.of(error(one, to));
            default -> pieces(one);
        };
    }

    private String strangerTo(HandmadeConnection one) {
        boolean ipv6 = one.from().contains(":");
        return random.nextBoolean()
                ? (ipv6 ? "2001:db8:1::51" : "10.0.1.51")
                : (ipv6 ? AttackedHost.HOST_6 : AttackedHost.HOST_4);
    }

    private byte[] segment(HandmadeConnection one, WirePacket to) {
        int[] steps = {0, 0, 1, -1, 100, random.nextInt()};
        int flags = random.nextInt(6) == 0 ? random.nextInt(256) : pick(FLAGS);
        int sequence = one.sequence() + pick(steps);
        return to.segment(port(one), pick(tcp), flags, sequence, one.acknowledged() + pick(steps), data());
    }

    private int port(HandmadeConnection one) {
        return random.nextBoolean() ? one.port() : 1 + random.nextInt(0xffff);
    }

    private byte[] data() {
        return new byte[random.nextBoolean() ? 0 : random.nextInt(30)];
    }

    /** The packet that it tells of is the host's in the live connection, or that of a connection that there never was. */
    private byte[] error(HandmadeConnection one, WirePacket to) {
        int port = random.nextBoolean() ? AttackedHost.TCP : pick(tcp);
        String of = random.nextBoolean() ? one.from() : strangerTo(one);
        byte[] inner = random.nextInt(4) == 0
                ? WirePacket.of(of, one.to()).segment(one.port(), port, ACK, one.sequence(), one.acknowledged())
                : WirePacket.of(one.to(), of).segment(port, one.port(), ACK, one.acknowledged(), one.sequence());
        int[][] errors = one.from().contains(":") ? ERRORS_6 : ERRORS_4;
        int[] error = errors[random.nextInt(errors.length)];
        int length = Math.min(inner.length, 28 + random.nextInt(33));
        byte[] rest = ByteBuffer.allocate(4 + length)
                .putInt(1300)
                .put(inner, 0, length)
                .array();
        return to.message(error[0], error[1], rest);
    }

    /** Of the allowed client: one piece names the open port, another the closed one. */
    private List<byte[]> pieces(HandmadeConnection one) {
        WirePacket to = WirePacket.of(one.from(), one.to());
        int from = port(one);
        byte[] open = to.segment(from, AttackedHost.TCP, HandmadeConnection.SYN, one.sequence(), 0, new byte[40]);
        byte[] closed = to.segment(from, pick(tcp), HandmadeConnection.SYN, one.sequence(), 0, new byte[40]);
        boolean first = random.nextBoolean();
        byte[] number = first ? open : closed;
        byte[] other = (first ? closed : open).clone();
        boolean ipv6 = one.from().contains(":");
        System.arraycopy(
                number, ipv6 ? 0 : 4, other, ipv6 ? 0 : 4, ipv6 ? 4 : 2); // pieces of one packet have one number
        int cut = 8 * (1 + random.nextInt(3));
        int begin = Math.max(0, cut - 8 * random.nextInt(3));
        List<byte[]> pieces = new ArrayList<>(
                Arrays.asList(WirePacket.fragment(number, 0, cut, true), WirePacket.fragment(other, begin, 60, false)));
        if (random.nextInt(3) == 0) {
            pieces.add(WirePacket.fragment(other, 0, cut, true));
        }
        Collections.shuffle(pieces, random);
        return pieces;
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private int pick(List<Integer> from) {
        return from.get(random.nextInt(from.size()));
    }
}
