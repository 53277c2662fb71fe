package io.secgroupd.rules.net;

/**
 * An IP address: a family and 128 bits. Ordered by family, then by number.
 *
 * @param high the upper 64 bits, unsigned; 0 for IPv4
 * @param low  the lower 64 bits, unsigned; for IPv4 its 32 bits
 */
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

    private static final long IPV4_MASK = 0xffff_ffffL;

    public IpAddress {
        if (family == Family.IPV4 && (high != 0 || (low & ~IPV4_MASK) != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /** The IPv4 address with these 32 bits, in network order: {@code 0x0a000001} is 10.0.0.1. */
    public static IpAddress ipv4(int bits) {
        return new IpAddress(Family.IPV4, 0, bits & IPV4_MASK);
    }

    public static IpAddress ipv6(long high, long low) {
        return new IpAddress(Family.IPV6, high, low);
    }

    /** The address in {@code bytes}, network order: 4 bytes are IPv4, 16 are IPv6 even when IPv4-mapped. */
    public static IpAddress ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> ipv4((int) bigEndian(bytes, 0, 4));
            case 16 -> ipv6(bigEndian(bytes, 0, 8), bigEndian(bytes, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    private static long bigEndian(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    /** The lowest address of a family: 0.0.0.0 or {@code ::}. */
    public static IpAddress lowest(Family family) {
        return new IpAddress(family, 0, 0);
    }

    /** The highest address of a family: 255.255.255.255 or {@code ffff:…:ffff}. */
    public static IpAddress highest(Family family) {
        return family == Family.IPV4 ? new IpAddress(family, 0, IPV4_MASK) : new IpAddress(family, -1, -1);
    }

    /** The address one above. The highest address of a family has none. */
    public IpAddress next() {
        if (family == Family.IPV4 ? low == IPV4_MASK : (high & low) == -1) {
            throw new IllegalStateException(this + " is the highest address");
        }
        return new IpAddress(family, low == -1 ? high + 1 : high, low + 1);
    }

    /** The address one below. The lowest address of a family has none. */
    public IpAddress previous() {
        if (high == 0 && low == 0) {
            throw new IllegalStateException(this + " is the lowest address");
        }
        return new IpAddress(family, low == 0 ? high - 1 : high, low - 1);
    }

    /**
     * Reports whether this address does not name a single host: multicast (224.0.0.0/4, ff00::/8) or the limited
     * broadcast address.
     */
    public boolean isForMany() {
        return isForMany(family, high, low);
    }

    /** As {@link #isForMany()}, of the address with these halves. */
    public static boolean isForMany(Family family, long high, long low) {
        return family == Family.IPV4 ? low >>> 28 == 0xe || low == IPV4_MASK : high >>> 56 == 0xff;
    }

    /** Reports whether every host has this address for itself: 127.0.0.0/8, or ::1. */
    public boolean isLoopback() {
        return isLoopback(family, high, low);
    }

    /**
     * The same as {@link #isLoopback()} for the address with these halves: the addresses of a packet are not objects.
     */
    public static boolean isLoopback(Family family, long high, long low) {
        return family == Family.IPV4 ? low >>> 24 == 127 : high == 0 && low == 1;
    }

    /** Reports whether this address is meaningful on one link only: 169.254.0.0/16, or fe80::/10. */
    public boolean isLinkLocal() {
        return family == Family.IPV4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0x3fa;
    }

    /** The bytes in network order: 4 or 16 of them. */
    public byte[] toBytes() {
        byte[] bytes = new byte[family.bits() / 8];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (fromEnd < 8 ? low >>> (8 * fromEnd) : high >>> (8 * (fromEnd - 8)));
        }
        return bytes;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (family != other.family) {
            return family.compareTo(other.family);
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /**
     * Written out, because the method that a record generates is linked at each start, which takes a millisecond or two
     * for each type, and is half as fast until it is compiled. The same holds for all records that are keys on the way
     * from a file to an answer.
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress that && low == that.low && high == that.high && family == that.family;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** The canonical text: dotted quad, or RFC 5952. */
    @Override
    public String toString() {
        return AddressText.format(this);
    }
}
