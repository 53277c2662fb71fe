package io.secgroupd.rules.net;

/**
 * An address block in CIDR notation, canonical: no host bits are set.
 *
 * @param length bits that are fixed, 0 to 32 or 128
 */
public record Prefix(IpAddress address, int length) {

    public Prefix {
        if (length < 0 || length > address.family().bits()) {
            throw new IllegalArgumentException("prefix length " + length + " is not within 0-"
                    + address.family().bits());
        }
        if (!masked(address, length, false).equals(address)) {
            throw new IllegalArgumentException(address + "/" + length + " has host bits set");
        }
    }

    /** The block of this length that holds {@code address}. */
    public static Prefix containing(IpAddress address, int length) {
        return new Prefix(masked(address, length, false), length);
    }

    public IpAddress last() {
        return masked(address, length, true);
    }

    public AddressRange range() {
        return new AddressRange(address, last());
    }

    /** {@code address} with its host bits all cleared, or all set. */
    private static IpAddress masked(IpAddress address, int length, boolean set) {
        int unused = 128 - address.family().bits();
        long highHost = hostBits(64 - Math.min(64, length + unused));
        long lowHost = hostBits(Math.min(64, 128 - unused - length));
        if (address.family() == Family.IPV4) {
            highHost = 0;
        }
        long high = set ? address.high() | highHost : address.high() & ~highHost;
        long low = set ? address.low() | lowHost : address.low() & ~lowHost;
        return new IpAddress(address.family(), high, low);
    }

    private static long hostBits(int count) {
        return count == 64 ? -1L : (1L << count) - 1;
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
