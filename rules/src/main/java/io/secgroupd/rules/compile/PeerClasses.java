package io.secgroupd.rules.compile;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.RangeList;
import io.secgroupd.rules.net.RangeLists;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Addresses that the same sets hold are one class, which has a number. One sweep from the lowest address to the
 * highest cuts n ranges of k sets into disjoint ones, in O(n log k) and the sizes of the classes that it passes.
 */
final class PeerClasses {

    /** @param members the sets, by their position, that hold the addresses of every slot; ascending */
    record Classes(RangeLists ranges, List<int[]> members) {}

    private final List<AddressSet> sets;
    private final RangeLists.Builder ranges = RangeLists.Builder.numbered();
    /** A sorted map: a file can give many of a hundred thousand classes equal hashes. */
    private final SortedMap<IntBuffer, Integer> slots = new TreeMap<>();

    private final List<int[]> members = new ArrayList<>();
    /** The sets that hold the address where the sweep is: the first {@code count}, ascending. */
    private final int[] active;

    private int count;
    private long effort;

    private PeerClasses(List<AddressSet> sets, long effort) {
        this.sets = sets;
        this.active = new int[sets.size()];
        this.effort = effort;
    }

    /**
     * Empty when the sets overlap too much.
     *
     * @param effort the members of all disjoint ranges together at which the sweep gives up
     */
    static Optional<Classes> of(List<AddressSet> sets, long effort) {
        if (sets.size() == 1) {
            return Optional.of(new Classes(sets.get(0).ranges(), List.of(new int[] {0})));
        }
        var classes = new PeerClasses(sets, effort);
        for (Family family : Family.values()) {
            if (!classes.sweep(family)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Classes(classes.ranges.build(), classes.members));
    }

    private boolean sweep(Family family) {
        var ahead = new PriorityQueue<Cursor>((a, b) -> a.range.first().compareTo(b.range.first()));
        var covering = new PriorityQueue<Cursor>((a, b) -> a.range.last().compareTo(b.range.last()));
        for (int set = 0; set < sets.size(); set++) {
            RangeList ranges = sets.get(set).ranges(family);
            if (ranges.size() > 0) {
                ahead.add(new Cursor(set, ranges));
            }
        }
        IpAddress highest = IpAddress.highest(family);
        IpAddress at = IpAddress.lowest(family);
        while (!covering.isEmpty() || !ahead.isEmpty()) {
            at = covering.isEmpty() ? ahead.element().range().first() : at;
            while (!ahead.isEmpty() && ahead.element().range().first().equals(at)) {
                enter(ahead.element().set());
                covering.add(ahead.remove());
            }
            IpAddress end = covering.element().range().last();
            if (!ahead.isEmpty() && ahead.element().range().first().compareTo(end) <= 0) {
                end = ahead.element().range().first().previous();
            }
            ranges.append(new AddressRange(at, end), slotOfActive());
            effort -= count;
            if (effort < 0) {
                return false;
            }
            while (!covering.isEmpty() && covering.element().range().last().equals(end)) {
                Cursor ended = covering.remove();
                leave(ended.set());
                if (ended.advance()) {
                    ahead.add(ended);
                }
            }
            at = end.equals(highest) ? end : end.next();
        }
        return true;
    }

    private void enter(int set) {
        int place = -Arrays.binarySearch(active, 0, count, set) - 1;
        System.arraycopy(active, place, active, place + 1, count - place);
        active[place] = set;
        count++;
    }

    private void leave(int set) {
        int place = Arrays.binarySearch(active, 0, count, set);
        count--;
        System.arraycopy(active, place + 1, active, place, count - place);
    }

    private int slotOfActive() {
        Integer known = slots.get(IntBuffer.wrap(active, 0, count));
        if (known != null) {
            return known;
        }
        int[] copy = Arrays.copyOf(active, count);
        members.add(copy);
        slots.put(IntBuffer.wrap(copy), members.size() - 1);
        return members.size() - 1;
    }

    /** A set, with the range that the sweep has reached in it. */
    private static final class Cursor {
        private final int set;
        private final RangeList ranges;
        private int index;
        private AddressRange range;

        Cursor(int set, RangeList ranges) {
            this.set = set;
            this.ranges = ranges;
            this.range = ranges.get(0);
        }

        int set() {
            return set;
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
}
