package io.secgroupd.rules.written;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Blocks of addresses as people write them. */
final class AddressSpelling {

    private AddressSpelling() {}

    /** An address, in short or in full. */
    static String of(IpAddress address, Random random) {
        if (address.family() == Family.IPV4) {
            return address.toString();
        }
        return switch (random.nextInt(3)) {
            case 0 -> address.toString().toUpperCase(Locale.ROOT);
            case 1 -> inFull(address.toBytes());
            default -> address.toString();
        };
    }

    private static String inFull(byte[] address) {
        HexFormat hex = HexFormat.of();
        return IntStream.range(0, address.length / 2)
                .mapToObj(i -> hex.formatHex(address, 2 * i, 2 * i + 2))
                .collect(Collectors.joining(":"));
    }

    /** An address, a range, or a prefix, some of which have host bits. */
    static String block(Places places, Random random) {
        IpAddress one = places.address(random);
        return switch (random.nextInt(4)) {
            case 0 -> of(one, random);
            case 1 -> of(one, random) + "-" + of(above(one, random), random);
            default -> of(one, random) + "/" + length(one.family().bits(), random);
        };
    }

    private static IpAddress above(IpAddress address, Random random) {
        return new IpAddress(address.family(), address.high(), address.low() | random.nextInt(64));
    }

    /** Long prefixes stay in the neighbourhood; a few short ones swallow it. */
    private static int length(int bits, Random random) {
        return random.nextInt(6) == 0 ? random.nextInt(bits + 1) : bits - random.nextInt(7);
    }
}
