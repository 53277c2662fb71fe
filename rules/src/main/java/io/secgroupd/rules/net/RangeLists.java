package io.secgroupd.rules.net;

import org.jspecify.annotations.Nullable;

/**
 * The ranges of both families, side by side. Numbered ones tell which of several disjoint address sets holds an address:
 * every range has the number of its set, which takes 4 bytes more.
 */
public record RangeLists(RangeList4 v4, RangeList6 v6) {

    /** The result of {@link #numberOf} when no range holds the address. */
    public static final int NONE = RangeList.NONE;

    /** The number of the range that holds the address with these halves, or {@link #NONE}; 0 when ranges have no numbers. */
    public int numberOf(Family family, long high, long low) {
        return family == Family.IPV4 ? v4.numberOf(high, low) : v6.numberOf(high, low);
    }

    public RangeList of(Family family) {
        return family == Family.IPV4 ? v4 : v6;
    }

    public int size() {
        return v4.size() + v6.size();
    }

    /** Builds both lists from ranges that come in ascending order, all of IPv4 before the first of IPv6. */
    public static final class Builder {
        private final RangeList4.Builder v4;
        private final RangeList6.Builder v6;
        private @Nullable AddressRange previous;

        private Builder(boolean numbered) {
            this.v4 = new RangeList4.Builder(numbered, 0);
            this.v6 = new RangeList6.Builder(numbered, 0);
        }

        /** For ranges alone. */
        public static Builder plain() {
            return new Builder(false);
        }

        /** For ranges with a number each. */
        public static Builder numbered() {
            return new Builder(true);
        }

        /**
         * Appends a range that lies above everything appended so far.
         *
         * @param number kept when the lists are numbered
         */
        public void append(AddressRange range, int number) {
            AddressRange before = previous;
            if (before != null && range.first().compareTo(before.last()) <= 0) {
                throw new IllegalArgumentException(range + " does not lie above " + before);
            }
            IpAddress first = range.first();
            IpAddress last = range.last();
            if (range.family() == Family.IPV4) {
                v4.append((int) first.low(), (int) last.low(), number);
            } else {
                v6.append(first.high(), first.low(), last.high(), last.low(), number);
            }
            previous = range;
        }

        public RangeLists build() {
            return new RangeLists(v4.build(), v6.build());
        }
    }
}
