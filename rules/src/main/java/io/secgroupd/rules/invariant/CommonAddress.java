package io.secgroupd.rules.invariant;

import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.RangeList;
import java.util.List;
import java.util.Optional;

/**
 * Finds an address that several sets have in common. It leaps from range to range, each time as far as the set that begins
 * last: the set of all such addresses may have a million ranges, and is never made.
 */
final class CommonAddress {

    private final Effort effort;

    CommonAddress(Effort effort) {
        this.effort = effort;
    }

    /**
     * The lowest address of a family that each of the sets has.
     *
     * @param sets   at least one
     * @param except addresses that do not count
     */
    Optional<IpAddress> lowest(Family family, List<AddressSet> sets, AddressSet except) {
        Optional<IpAddress> at = Optional.of(IpAddress.lowest(family));
        while (at.isPresent()) {
            effort.spend(sets.size());
            IpAddress reached = at.get();
            Optional<IpAddress> leapt = leap(sets, reached);
            boolean held = leapt.isPresent() && leapt.get().equals(reached);
            at = held ? behind(except, reached) : leapt;
            if (held && at.isPresent() && at.get().equals(reached)) {
                return at;
            }
        }
        return at;
    }

    /** The address itself when every set has it; otherwise one above, with no common address in between. */
    private static Optional<IpAddress> leap(List<AddressSet> sets, IpAddress from) {
        IpAddress at = from;
        for (AddressSet set : sets) {
            RangeList ranges = set.ranges(from.family());
            int next = ranges.indexFrom(at.high(), at.low());
            if (next == ranges.size()) {
                return Optional.empty();
            }
            IpAddress first = ranges.get(next).first();
            at = first.compareTo(at) > 0 ? first : at;
        }
        return Optional.of(at);
    }

    /** The address, or the one behind the range that holds it; empty when that range ends with the family. */
    private static Optional<IpAddress> behind(AddressSet except, IpAddress address) {
        RangeList ranges = except.ranges(address.family());
        int range = ranges.indexOf(address.high(), address.low());
        if (range == RangeList.NONE) {
            return Optional.of(address);
        }
        IpAddress last = ranges.get(range).last();
        return last.equals(IpAddress.highest(address.family())) ? Optional.empty() : Optional.of(last.next());
    }
}
