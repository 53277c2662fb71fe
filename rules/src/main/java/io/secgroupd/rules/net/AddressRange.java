package io.secgroupd.rules.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Addresses of one family from {@code first} to {@code last}, both included: a prefix, a lone address, or any span.
 */
public record AddressRange(IpAddress first, IpAddress last) {

    public AddressRange {
        if (first.family() != last.family()) {
            throw new IllegalArgumentException("a range stays within one family");
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("the range ends before it begins");
        }
    }

    public static AddressRange of(IpAddress address) {
        return new AddressRange(address, address);
    }

    /** Every address of a family. */
    public static AddressRange all(Family family) {
        return new AddressRange(IpAddress.lowest(family), IpAddress.highest(family));
    }

    public Family family() {
        return first.family();
    }

    public boolean contains(IpAddress address) {
        return address.family() == family() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    /** This range as a prefix, when it is one. */
    public Optional<Prefix> asPrefix() {
        Prefix candidate = Prefix.containing(first, commonBits());
        boolean same = candidate.address().equals(first) && candidate.last().equals(last);
        return same ? Optional.of(candidate) : Optional.empty();
    }

    /** The fewest prefixes that this range consists of, in ascending order. */
    public List<Prefix> prefixes() {
        var prefixes = new ArrayList<Prefix>();
        IpAddress next = first;
        while (true) {
            Prefix prefix = longestAt(next, last);
            prefixes.add(prefix);
            if (prefix.last().equals(last)) {
                return prefixes;
            }
            next = prefix.last().next();
        }
    }

    /** The greatest prefix that begins at an address and does not pass another. */
    private static Prefix longestAt(IpAddress first, IpAddress last) {
        for (int length = 0; ; length++) {
            Prefix prefix = Prefix.containing(first, length);
            if (prefix.address().equals(first) && prefix.last().compareTo(last) <= 0) {
                return prefix;
            }
        }
    }

    private int commonBits() {
        int unused = 128 - family().bits();
        long highDifference = first.high() ^ last.high();
        int common = highDifference != 0
                ? Long.numberOfLeadingZeros(highDifference)
                : 64 + Long.numberOfLeadingZeros(first.low() ^ last.low());
        return common - unused;
    }

    /** Written out, for the reason given at {@link IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange that && first.equals(that.first) && last.equals(that.last);
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + last.hashCode();
    }

    /** The canonical text: a prefix when the range is one (a lone address is a /32 or /128), otherwise first-last. */
    @Override
    public String toString() {
        Optional<Prefix> prefix = asPrefix();
        return prefix.isPresent() ? prefix.get().toString() : first + "-" + last;
    }
}
