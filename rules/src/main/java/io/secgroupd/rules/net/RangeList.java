package io.secgroupd.rules.net;

/**
 * Disjoint ranges of one family in ascending order, packed into primitive arrays: 8 bytes an IPv4 range, 17 bytes an
 * IPv6 prefix, 37 bytes any other IPv6 range, and in long lists 1 more for an index. A lookup is one binary search and allocates nothing.
 */
public abstract sealed class RangeList permits RangeList4, RangeList6 {

    /** The result of {@link #indexOf} when no range holds the address. */
    public static final int NONE = -1;

    /**
     * The number of the range that holds the address with these halves, or {@link #NONE}. It is 0 in a list whose
     * ranges have no numbers.
     */
    public abstract int numberOf(long high, long low);

    /** The index of the range that holds the address with these halves, or {@link #NONE}. */
    public abstract int indexOf(long high, long low);

    /** The index of the first range that ends at or above the address with these halves, or {@link #size()}. */
    public abstract int indexFrom(long high, long low);

    public abstract int size();

    /** The range at {@code index}, as a value, for use outside the packet path. */
    public abstract AddressRange get(int index);
}
