package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.AddressTable;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.RangeList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Lays address sets over each other, the first on top, and cuts what is seen from above into disjoint ranges. One sweep
 * from the lowest address to the highest: n ranges of k sets take O(n log k) time and O(k) memory beside the result.
 */
final class Overlay {

    private final Family family;
    private final PriorityQueue<Cursor> ahead = new PriorityQueue<>(
            Comparator.comparing((Cursor cursor) -> cursor.range().first()));
    private final PriorityQueue<Cursor> covering = new PriorityQueue<>(Comparator.comparingInt(Cursor::slot));
    private final Output output;

    private Overlay(Family family, List<AddressSet> sets, Output output) {
        this.family = family;
        this.output = output;
        for (int slot = 0; slot < sets.size(); slot++) {
            RangeList ranges = sets.get(slot).ranges(family);
            if (ranges.size() > 0) {
                ahead.add(new Cursor(slot, ranges));
            }
        }
    }

    /** The table of these sets; a slot is a position in the list. */
    static AddressTable of(List<AddressSet> sets) {
        if (sets.size() == 1) {
            return AddressTable.of(sets.get(0));
        }
        var output = new Output();
        for (Family family : Family.values()) {
            new Overlay(family, sets, output).sweep();
        }
        return output.build();
    }

    private void sweep() {
        IpAddress at = IpAddress.lowest(family);
        while (true) {
            moveTo(at);
            Cursor top = covering.peek();
            if (top == null) {
                if (ahead.isEmpty()) {
                    return;
                }
                at = nextBegin();
                continue;
            }
            IpAddress end = top.range().last();
            if (!ahead.isEmpty() && nextBegin().compareTo(end) <= 0) {
                end = nextBegin().previous();
            }
            output.add(new AddressRange(at, end), top.slot());
            if (end.equals(IpAddress.highest(family))) {
                return;
            }
            at = end.next();
        }
    }

    private IpAddress nextBegin() {
        return ahead.element().range().first();
    }

    /** Takes in the ranges that begin at or below {@code at}, and drops from the top those that end below it. */
    private void moveTo(IpAddress at) {
        do {
            while (!ahead.isEmpty() && nextBegin().compareTo(at) <= 0) {
                covering.add(ahead.remove());
            }
        } while (dropEnded(at));
    }

    /** A range below the top may have ended as well: it is dropped when it comes up. */
    private boolean dropEnded(IpAddress at) {
        Cursor top = covering.peek();
        if (top == null || top.range().last().compareTo(at) >= 0) {
            return false;
        }
        covering.remove();
        if (top.advance()) {
            ahead.add(top);
        }
        return true;
    }

    /** A set and the range of it that the sweep has come to. */
    private static final class Cursor {
        private final int slot;
        private final RangeList ranges;
        private int index;
        private AddressRange range;

        Cursor(int slot, RangeList ranges) {
            this.slot = slot;
            this.ranges = ranges;
            this.range = ranges.get(0);
        }

        int slot() {
            return slot;
        }

        AddressRange range() {
            return range;
        }

        boolean advance() {
            index++;
            if (index == ranges.size()) {
                return false;
            }
            range = ranges.get(index);
            return true;
        }
    }

    /** Joins neighbours of one slot, so that the table has the fewest ranges. */
    private static final class Output {
        private final AddressTable.Builder table = new AddressTable.Builder();
        private @Nullable AddressRange open;
        private int openSlot;

        void add(AddressRange range, int slot) {
            AddressRange before = open;
            if (before != null && slot == openSlot && touches(before, range)) {
                open = new AddressRange(before.first(), range.last());
                return;
            }
            if (before != null) {
                table.append(before, openSlot);
            }
            open = range;
            openSlot = slot;
        }

        private static boolean touches(AddressRange before, AddressRange range) {
            return before.family() == range.family() && range.first().previous().equals(before.last());
        }

        AddressTable build() {
            if (open != null) {
                table.append(open, openSlot);
            }
            return table.build();
        }
    }
}
