package io.secgroupd.daemon.attack;

import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/**
 * Packets of every odd kind by seed: all flags, options, types and protocols, sources that cannot be, chains of extension
 * headers, pieces that overlap, lengths that lie, and bits that have turned over.
 */
final class OddPackets {

    private static final List<String> SOURCES_4 = List.of(
            "10.0.1.50",
            "10.0.1.1",
            AttackedHost.HOST_4,
            "127.0.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "224.0.0.1",
            "169.254.1.1",
            "198.51.100.7",
            "192.168.0.1",
            "240.0.0.1",
            "10.0.1.255");
    private static final List<String> SOURCES_6 = List.of(
            "2001:db8:1::50",
            "2001:db8:1::1",
            AttackedHost.HOST_6,
            "::1",
            "::",
            "fe80::1",
            "::ffff:10.0.1.9",
            "::ffff:127.0.0.1",
            "2002:a00:109::1",
            "ff02::1",
            "64:ff9b::a00:109",
            "::10.0.1.9",
            "fec0::1");
    private static final List<String> OTHERS_4 =
            List.of("10.0.1.255", "255.255.255.255", "224.0.0.1", "224.0.0.251", "239.1.1.1", "127.0.0.1", "10.0.1.3");
    private static final List<String> OTHERS_6 =
            List.of("ff02::1", "ff02::2", "ff02::fb", "ff02::1:ff00:10", "ff01::1", "ff05::1", "::1");
    private static final int[] PORTS = {8080, 9090, 22, 68, 67, 546, 547, 5000, 5001, 53, 123, 0, 65535};
    private static final int[] FLAGS = {
        0x02, 0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14, 0x00, 0x01, 0x29, 0x03, 0x06, 0x0a, 0xc2
    };
    private static final int[] TYPES_4 = {0, 3, 4, 5, 8, 9, 10, 11, 12, 13, 17};
    private static final int[] TYPES_6 = {1, 2, 3, 4, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 139, 143};
    private static final int[] EXTENSIONS = {0, 43, 44, 51, 60, 60, 135, 139, 140, 253};

    private final Random random;
    private final Spoiling spoiling;

    OddPackets(Random random) {
        this.random = random;
        this.spoiling = new Spoiling(random);
    }

    /** One packet, or the pieces of one. */
    List<byte[]> next() {
        boolean ipv6 = random.nextBoolean();
        String source = pick(ipv6 ? SOURCES_6 : SOURCES_4);
        String host = ipv6 ? AttackedHost.HOST_6 : AttackedHost.HOST_4;
        String destination = random.nextInt(3) > 0 ? host : pick(ipv6 ? OTHERS_6 : OTHERS_4);
        WirePacket to = WirePacket.of(source, destination);
        for (int i = ipv6 ? extensions() : 0; i > 0; i--) {
            to.extension(pick(EXTENSIONS), bytes(6));
        }
        return spoiling.spoil(packet(to, WirePacket.of(destination, source), ipv6));
    }

    private int extensions() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> 1;
            case 2 -> 2 + random.nextInt(9);
            default -> 0;
        };
    }

    private byte[] packet(WirePacket to, WirePacket back, boolean ipv6) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> to.tcp(random.nextInt(0x10000), pick(PORTS), flags(), data());
            case 4, 5 -> udp(to);
            case 6, 7 -> to.message(type(ipv6), random.nextInt(3) * random.nextInt(6), about(back));
            case 8 -> to.sctpInit(random.nextInt(0x10000), pick(PORTS));
            default -> to.payload(random.nextInt(256), data());
        };
    }

    private int flags() {
        return random.nextInt(4) == 0 ? random.nextInt(256) : pick(FLAGS);
    }

    private int type(boolean ipv6) {
        return random.nextInt(4) == 0 ? random.nextInt(256) : pick(ipv6 ? TYPES_6 : TYPES_4);
    }

    private byte[] udp(WirePacket to) {
        return switch (random.nextInt(6)) {
            case 0 -> to.udp(67, 68, data());
            case 1 -> to.udp(547, 546, data());
            case 2 -> to.udp(53, pick(PORTS), data());
            default -> to.udp(random.nextInt(0x10000), pick(PORTS), data());
        };
    }

    /** What an error tells of: a packet of the host that was never sent, of some length, or nothing of the kind. */
    private byte[] about(WirePacket back) {
        byte[] inner = random.nextInt(3) == 0 ? data() : back.tcp(pick(PORTS), random.nextInt(0x10000), 0x10);
        int length = Math.min(inner.length, 28 + random.nextInt(33));
        return ByteBuffer.allocate(4 + length)
                .putInt(random.nextInt(2000))
                .put(inner, 0, length)
                .array();
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(200)];
        random.nextBytes(data);
        return data;
    }

    private int[] bytes(int count) {
        return random.ints(count, 0, random.nextInt(3) == 0 ? 256 : 2).toArray();
    }

    private int pick(int[] from) {
        return from[random.nextInt(from.length)];
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
