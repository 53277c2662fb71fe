package io.secgroupd.rules.net;

/**
 * The address or prefix on a line of a file, read from its bytes without an object for each: lists have a million lines. Where it finds a
 * block, {@link AddressText} finds the same one. What it leaves may be a block all the same, or a mistake that {@link AddressText} has a
 * sentence for.
 */
public final class PlainBlock {

    /** The result of {@link #read} when it leaves the line. */
    public static final int NOT_PLAIN = -1;

    /** An IPv4 address or a prefix length has no longer numbers. */
    private static final int DIGITS = 3;

    private final PlainAddress6 v6 = new PlainAddress6();
    private Family family = Family.IPV4;
    private long high;
    private long low;
    private int freeBits;

    /** The number that was read last. */
    private int number;

    /**
     * Reads a line that has nothing but an address, or a prefix without host bits.
     *
     * @param from where the line begins
     * @param to   where the bytes end that are there
     * @return the place of the line feed or carriage return that ends the line; {@link #NOT_PLAIN} when it has anything else, or no end
     */
    public int read(byte[] text, int from, int to) {
        int at = address(text, from, to);
        freeBits = 0;
        if (at != NOT_PLAIN && at < to && text[at] == '/') {
            at = number(text, at + 1, to, family.bits());
            freeBits = family.bits() - number;
        }
        boolean ends = at != NOT_PLAIN && at < to && (text[at] == '\n' || text[at] == '\r');
        return ends && !hasHostBits() && !isMapped() ? at : NOT_PLAIN;
    }

    /** The family of the block that was read last. */
    public Family family() {
        return family;
    }

    /** Adds the block that was read last. */
    public void addTo(AddressSet.Builder set) {
        set.add(family, high, low, high | highHostBits(), low | lowHostBits());
    }

    /** Reads an address, and returns where it ends. */
    private int address(byte[] text, int from, int to) {
        int at = from;
        while (at < to && at < from + DIGITS && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        boolean quad = at < to && text[at] == '.';
        family = quad ? Family.IPV4 : Family.IPV6;
        return quad ? dottedQuad(text, from, to) : colonHex(text, from, to);
    }

    private int colonHex(byte[] text, int from, int to) {
        int end = v6.read(text, from, to);
        high = v6.high();
        low = v6.low();
        return end;
    }

    private int dottedQuad(byte[] text, int from, int to) {
        high = 0;
        low = 0;
        int at = from - 1;
        for (int i = 0; i < 4; i++) {
            if (at == NOT_PLAIN || (i > 0 && (at == to || text[at] != '.'))) {
                return NOT_PLAIN;
            }
            at = number(text, at + 1, to, 255);
            low = low << 8 | number;
        }
        return at;
    }

    /** Reads a decimal number without leading zeros, and returns where it ends. */
    private int number(byte[] text, int from, int to, int max) {
        int at = from;
        number = 0;
        while (at < to && at < from + DIGITS && text[at] >= '0' && text[at] <= '9') {
            number = number * 10 + text[at] - '0';
            at++;
        }
        boolean strict = at == from + 1 || (at > from && text[from] != '0');
        return strict && number <= max ? at : NOT_PLAIN;
    }

    private boolean hasHostBits() {
        return (high & highHostBits()) != 0 || (low & lowHostBits()) != 0;
    }

    private long highHostBits() {
        return freeBits <= Long.SIZE ? 0 : ones(freeBits - Long.SIZE);
    }

    private long lowHostBits() {
        return ones(Math.min(freeBits, Long.SIZE));
    }

    private static long ones(int count) {
        return count == Long.SIZE ? -1 : (1L << count) - 1;
    }

    private boolean isMapped() {
        return family == Family.IPV6 && high == 0 && low >>> 32 == 0xffff;
    }
}
