package io.secgroupd.daemon.attack;

import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes sound packets odd: it cuts them to pieces, and lets their headers lie. */
final class Spoiling {

    private static final int[] LIVES = {0, 1, 64, 255, 255, 255};
    private static final byte[][] OPTIONS_4 = {
        {1, 1, 1, 1},
        {(byte) 0x94, 4, 0, 0},
        {0x44, 4, 5, 0},
        {(byte) 0x83, 7, 4, 10, 0, 1, 10, 0},
        {(byte) 0x89, 7, 8, 10, 0, 1, 10, 0},
        {(byte) 0xff, (byte) 0xff, 0, 1},
    };
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private final Random random;

    Spoiling(Random random) {
        this.random = random;
    }

    /** The packet as it is, wrong in one place, or in pieces. */
    List<byte[]> spoil(byte[] packet) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> List.of(withLife(packet));
            case 3 -> pieces(packet);
            case 4 -> List.of(packet[0] >> 4 == 4 ? withOptions(packet) : withLife(packet));
            case 5 -> List.of(sound(withLength(packet)));
            case 6 -> List.of(Arrays.copyOf(packet, 1 + random.nextInt(packet.length)));
            default -> List.of(sound(turned(packet, 0)));
        };
    }

    private byte[] withLife(byte[] packet) {
        packet[packet[0] >> 4 == 4 ? 8 : 7] = (byte) LIVES[random.nextInt(LIVES.length)];
        return sound(packet);
    }

    /** Two or three pieces in any order, which may overlap, and of which one may come twice. */
    private List<byte[]> pieces(byte[] packet) {
        int header = packet[0] >> 4 == 4 ? IPV4_HEADER : IPV6_HEADER;
        int length = packet.length - header;
        if (length < 25) {
            return List.of(packet);
        }
        int cut = 8 * (1 + random.nextInt(3));
        int from = Math.max(0, cut - 8 * random.nextInt(3));
        List<byte[]> pieces = new ArrayList<>();
        pieces.add(WirePacket.fragment(packet, 0, cut, true));
        pieces.add(WirePacket.fragment(random.nextBoolean() ? packet : turned(packet, header), from, length, false));
        if (random.nextInt(3) == 0) {
            pieces.add(pieces.get(0));
        }
        Collections.shuffle(pieces, random);
        return pieces;
    }

    private byte[] withOptions(byte[] packet) {
        byte[] options = OPTIONS_4[random.nextInt(OPTIONS_4.length)];
        ByteBuffer longer = ByteBuffer.allocate(packet.length + options.length)
                .put(packet, 0, IPV4_HEADER)
                .put(options)
                .put(packet, IPV4_HEADER, packet.length - IPV4_HEADER);
        longer.put(0, (byte) (0x45 + options.length / 4)).putShort(2, (short) longer.capacity());
        return sound(longer.array());
    }

    private byte[] withLength(byte[] packet) {
        int[] lies = {0, 1, 19, 20, 24, packet.length - 1, packet.length + 9, 0xffff};
        return ByteBuffer.wrap(packet)
                .putShort(packet[0] >> 4 == 4 ? 2 : 4, (short) lies[random.nextInt(lies.length)])
                .array();
    }

    /** Some bits have turned over, behind this place. */
    private byte[] turned(byte[] packet, int from) {
        byte[] turned = packet.clone();
        for (int bits = 1 + random.nextInt(3); bits > 0; bits--) {
            turned[from + random.nextInt(turned.length - from)] ^= (byte) (1 << random.nextInt(8));
        }
        return turned;
    }

    /** With a checksum of IPv4 that is right, mostly: otherwise nobody would look at the rest. */
    private byte[] sound(byte[] packet) {
        int header = (packet[0] & 0xf) * 4;
        if (packet[0] >> 4 != 4 || header < IPV4_HEADER || header > packet.length || random.nextInt(16) == 0) {
            return packet;
        }
        byte[] first = Arrays.copyOf(packet, header);
        first[10] = 0;
        first[11] = 0;
        byte[] summed = WirePacket.withChecksum(first, 10);
        System.arraycopy(summed, 0, packet, 0, header);
        return packet;
    }
}
