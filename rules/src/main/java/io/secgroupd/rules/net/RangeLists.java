package io.secgroupd.rules.net;

import org.jspecify.annotations.Nullable;

/** The ranges of both families, side by side. */
public record RangeLists(RangeList4 v4, RangeList6 v6) {

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
            this.v4 = new RangeList4.Builder(numbered);
            this.v6 = new RangeList6.Builder(numbered);
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
            if (range.family() == Family.IPV4) {
                v4.append(range, number);
            } else {
                v6.append(range, number);
            }
            previous = range;
        }

        public RangeLists build() {
            return new RangeLists(v4.build(), v6.build());
        }
    }
}
