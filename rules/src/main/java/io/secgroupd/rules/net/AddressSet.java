package io.secgroupd.rules.net;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set of addresses of both families in canonical form: the fewest disjoint ranges, in ascending order. */
public final class AddressSet {

    public static final AddressSet EMPTY = of(List.of());
    public static final AddressSet ALL = of(List.of(AddressRange.all(Family.IPV4), AddressRange.all(Family.IPV6)));

    private final RangeLists ranges;

    private AddressSet(RangeLists ranges) {
        this.ranges = ranges;
    }

    /** The union of these ranges, which may overlap and come in any order. */
    public static AddressSet of(Collection<AddressRange> ranges) {
        AddressRange[] sorted = ranges.toArray(AddressRange[]::new);
        Arrays.sort(sorted, (a, b) -> a.first().compareTo(b.first()));
        var merged = new Merger();
        for (AddressRange range : sorted) {
            merged.add(range);
        }
        return merged.build();
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
        return of(stream().filter(range -> range.family() == family).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return stream().map(AddressRange::toString).toList().toString();
    }

    /** Joins ranges that overlap or touch; they come ordered by their first address. */
    private static final class Merger {
        private final RangeLists.Builder out = new RangeLists.Builder();
        private @Nullable AddressRange open;

        void add(AddressRange range) {
            AddressRange before = open;
            if (before == null) {
                open = range;
            } else if (!joins(before, range)) {
                out.append(before);
                open = range;
            } else if (range.last().compareTo(before.last()) > 0) {
                open = new AddressRange(before.first(), range.last());
            }
        }

        private static boolean joins(AddressRange open, AddressRange next) {
            if (open.family() != next.family()) {
                return false;
            }
            return next.first().compareTo(open.last()) <= 0
                    || next.first().previous().equals(open.last());
        }

        AddressSet build() {
            if (open != null) {
                out.append(open);
            }
            return new AddressSet(out.build());
        }
    }
}
