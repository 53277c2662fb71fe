package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.RangeLists;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which of several disjoint address sets holds an address: ranges, each with the slot (the position) of its set. 13 bytes
 * an IPv4 range and 37 an IPv6 range at most, or 9 and 33 when there is one set.
 */
public final class AddressTable {

    public static final int NO_SLOT = -1;

    private final RangeLists ranges;
    private final int @Nullable [] slots4;
    private final int @Nullable [] slots6;

    private AddressTable(RangeLists ranges, int @Nullable [] slots4, int @Nullable [] slots6) {
        this.ranges = ranges;
        this.slots4 = slots4;
        this.slots6 = slots6;
    }

    /** The table of one set, whose slot is 0. It shares the set's arrays. */
    public static AddressTable of(AddressSet only) {
        return new AddressTable(only.ranges(), null, null);
    }

    /** The slot of the set that holds the address with these halves, or {@link #NO_SLOT}. */
    public int slotOf(Family family, long high, long low) {
        return family == Family.IPV4
                ? slotAt(slots4, ranges.v4().indexOf(high, low))
                : slotAt(slots6, ranges.v6().indexOf(high, low));
    }

    private static int slotAt(int @Nullable [] slots, int index) {
        if (index < 0) {
            return NO_SLOT;
        }
        return slots == null ? 0 : slots[index];
    }

    /** The number of disjoint ranges. */
    public int size() {
        return ranges.size();
    }

    /** Takes disjoint ranges in ascending order, IPv4 first, each with its slot. */
    public static final class Builder {
        private final RangeLists.Builder ranges = new RangeLists.Builder();
        private int[] slots = new int[16];
        private int size;

        public void append(AddressRange range, int slot) {
            ranges.append(range);
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, size * 2);
            }
            slots[size++] = slot;
        }

        public AddressTable build() {
            RangeLists built = ranges.build();
            int boundary = built.v4().size();
            return new AddressTable(built, Arrays.copyOf(slots, boundary), Arrays.copyOfRange(slots, boundary, size));
        }
    }
}
