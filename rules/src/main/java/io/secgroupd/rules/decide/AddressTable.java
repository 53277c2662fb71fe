package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.RangeList;
import io.secgroupd.rules.net.RangeLists;

/**
 * Finds which of several disjoint address sets holds an address. The table has ranges, each with the slot (the
 * position) of its set, which takes 4 bytes a range more than {@link RangeList} when there are several sets.
 */
public final class AddressTable {

    public static final int NO_SLOT = RangeList.NONE;

    private final RangeLists ranges;

    private AddressTable(RangeLists ranges) {
        this.ranges = ranges;
    }

    /** The table of one set, whose slot is 0. It shares the set's arrays. */
    public static AddressTable of(AddressSet only) {
        return new AddressTable(only.ranges());
    }

    /** The slot of the set that holds the address with these halves, or {@link #NO_SLOT}. */
    public int slotOf(Family family, long high, long low) {
        return family == Family.IPV4
                ? ranges.v4().numberOf(high, low)
                : ranges.v6().numberOf(high, low);
    }

    /** The number of disjoint ranges. */
    public int size() {
        return ranges.size();
    }

    /** Takes disjoint ranges in ascending order, IPv4 first, each with its slot. */
    public static final class Builder {
        private final RangeLists.Builder ranges = RangeLists.Builder.numbered();

        public void append(AddressRange range, int slot) {
            ranges.append(range, slot);
        }

        public AddressTable build() {
            return new AddressTable(ranges.build());
        }
    }
}
