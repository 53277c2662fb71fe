package io.secgroupd.rules.net;

import java.util.ArrayList;
import java.util.List;

/** The addresses of one set that another does not have: one sweep over both, in ascending order. */
final class SetDifference {

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
