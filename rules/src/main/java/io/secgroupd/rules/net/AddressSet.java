package io.secgroupd.rules.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A set of addresses of both families in canonical form: the fewest disjoint ranges, in ascending order. */
public final class AddressSet {

    public static final AddressSet EMPTY = of(List.of());
    public static final AddressSet ALL = of(List.of(AddressRange.all(Family.IPV4), AddressRange.all(Family.IPV6)));

    private final RangeLists ranges;
    /** 0 until it is asked for: sets of a million ranges are keys of maps. */
    private int hash;

    private AddressSet(RangeLists ranges) {
        this.ranges = ranges;
    }

    /** The union of these ranges, which may overlap and come in any order. */
    public static AddressSet of(Collection<AddressRange> ranges) {
        var builder = new Builder();
        ranges.forEach(builder::add);
        return builder.build();
    }

    public static AddressSet of(AddressRange range) {
        return of(List.of(range));
    }

    public boolean contains(Family family, long high, long low) {
        return ranges.of(family).indexOf(high, low) != RangeList.NONE;
    }

    public boolean contains(IpAddress address) {
        return contains(address.family(), address.high(), address.low());
    }

    /** Reports whether every address of {@code range} is in the set. */
    public boolean contains(AddressRange range) {
        RangeList list = ranges.of(range.family());
        int index = list.indexOf(range.first().high(), range.first().low());
        return index != RangeList.NONE && list.get(index).contains(range.last());
    }

    public boolean isEmpty() {
        return ranges.size() == 0;
    }

    /** The number of disjoint ranges. */
    public int size() {
        return ranges.size();
    }

    /** The ranges of both families, as they are stored. */
    public RangeLists ranges() {
        return ranges;
    }

    /** The ranges of one family, ascending. */
    public RangeList ranges(Family family) {
        return ranges.of(family);
    }

    /** The ranges of both families, ascending, IPv4 first. */
    public Stream<AddressRange> stream() {
        return Arrays.stream(Family.values()).flatMap(family -> {
            RangeList list = ranges.of(family);
            return IntStream.range(0, list.size()).mapToObj(list::get);
        });
    }

    /** The addresses of one family alone. */
    public AddressSet only(Family family) {
        return new AddressSet(
                family == Family.IPV4
                        ? new RangeLists(ranges.v4(), EMPTY.ranges.v6())
                        : new RangeLists(EMPTY.ranges.v4(), ranges.v6()));
    }

    /** The addresses of this set, of the other, or of both. */
    public AddressSet union(AddressSet other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return of(Stream.concat(stream(), other.stream()).toList());
    }

    /** The addresses of this set that the other does not have. */
    public AddressSet minus(AddressSet other) {
        if (other.isEmpty()) {
            return this;
        }
        return of(Arrays.stream(Family.values())
                .flatMap(family -> SetDifference.of(ranges(family), other.ranges(family)).stream())
                .toList());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof AddressSet that && ranges.equals(that.ranges));
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = ranges.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return stream().map(AddressRange::toString).toList().toString();
    }

    /** Gathers ranges in any order, 8 bytes an IPv4 range and 32 an IPv6 range. */
    public static final class Builder {
        private final PackedRanges4 v4 = new PackedRanges4();
        private final PackedRanges6 v6 = new PackedRanges6();

        public void add(AddressRange range) {
            add(
                    range.family(),
                    range.first().high(),
                    range.first().low(),
                    range.last().high(),
                    range.last().low());
        }

        /** Adds the range whose first and last address have these halves; the last one must not be below the first. */
        void add(Family family, long firstHigh, long firstLow, long lastHigh, long lastLow) {
            if (family == Family.IPV4) {
                v4.add(firstLow, lastLow);
            } else {
                v6.add(firstHigh, firstLow, lastHigh, lastLow);
            }
        }

        public AddressSet build() {
            return new AddressSet(new RangeLists(v4.merged(), v6.merged()));
        }
    }

    /** The addresses of one set that another does not have: one sweep over both, in ascending order. */
    static final class SetDifference {

        private final RangeList removed;
        private final List<AddressRange> left = new ArrayList<>();
        private int next;

        private SetDifference(RangeList removed) {
            this.removed = removed;
        }

        static List<AddressRange> of(RangeList from, RangeList removed) {
            var difference = new SetDifference(removed);
            for (int i = 0; i < from.size(); i++) {
                difference.keep(from.get(i));
            }
            return difference.left;
        }

        /** Keeps what is left of a range, which lies above all that came before. */
        private void keep(AddressRange range) {
            IpAddress at = range.first();
            while (next < removed.size()) {
                AddressRange hole = removed.get(next);
                if (hole.first().compareTo(range.last()) > 0) {
                    break;
                }
                if (hole.first().compareTo(at) > 0) {
                    left.add(new AddressRange(at, hole.first().previous()));
                }
                if (hole.last().compareTo(range.last()) >= 0) {
                    return; // the hole may reach into the next range as well
                }
                if (hole.last().compareTo(at) >= 0) {
                    at = hole.last().next();
                }
                next++;
            }
            left.add(new AddressRange(at, range.last()));
        }
    }
}
