package io.secgroupd.controlplane.console.map;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.RangeList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The addresses of one family that belong to instances, sorted, each with the number of its instance. */
final class AddressOwners {

    private final Family family;
    private final List<IpAddress> addresses = new ArrayList<>();
    private final int[] owners;
    private final BitSet everybody = new BitSet();

    private record Owned(IpAddress address, int owner) {}

    AddressOwners(Family family, List<Instance> instances) {
        this.family = family;
        var owned = new ArrayList<Owned>();
        for (int i = 0; i < instances.size(); i++) {
            for (IpAddress address : instances.get(i).addresses()) {
                if (address.family() == family) {
                    owned.add(new Owned(address, i));
                }
            }
        }
        owned.sort(Comparator.comparing(Owned::address));
        owned.forEach(one -> addresses.add(one.address()));
        this.owners = owned.stream().mapToInt(Owned::owner).toArray();
        for (int owner : owners) {
            everybody.set(owner);
        }
    }

    /**
     * The instances within a set of addresses.
     *
     * @param outside whether it has an address that is no instance's
     */
    record Within(BitSet instances, boolean outside) {}

    /** Those of some instances that have an address of the family. */
    BitSet owning(int[] some) {
        var found = new BitSet();
        for (int instance : some) {
            if (everybody.get(instance)) {
                found.set(instance);
            }
        }
        return found;
    }

    Within within(AddressSet set) {
        RangeList ranges = set.ranges(family);
        var found = new BitSet();
        long inside = ranges.size() > addresses.size() ? eachAddress(set, found) : eachRange(ranges, found);
        return new Within(found, hasMore(ranges, inside));
    }

    private long eachAddress(AddressSet set, BitSet found) {
        long inside = 0;
        for (int i = 0; i < owners.length; i++) {
            if (set.contains(addresses.get(i))) {
                found.set(owners[i]);
                inside++;
            }
        }
        return inside;
    }

    private long eachRange(RangeList ranges, BitSet found) {
        long inside = 0;
        for (int range = 0; range < ranges.size(); range++) {
            int place = Collections.binarySearch(addresses, ranges.get(range).first());
            IpAddress last = ranges.get(range).last();
            for (int i = place < 0 ? -place - 1 : place;
                    i < owners.length && addresses.get(i).compareTo(last) <= 0;
                    i++) {
                found.set(owners[i]);
                inside++;
            }
        }
        return inside;
    }

    /** Whether ranges have more addresses than this; it stops where that is sure. */
    private static boolean hasMore(RangeList ranges, long inside) {
        long count = 0;
        for (int i = 0; i < ranges.size() && count <= inside; i++) {
            count += size(ranges.get(i));
        }
        return count > inside;
    }

    /** At most {@link Integer#MAX_VALUE}, of which there are never as many instances. */
    private static long size(AddressRange range) {
        long distance = range.last().low() - range.first().low();
        boolean wide = range.last().high() != range.first().high() || distance < 0;
        return wide ? Integer.MAX_VALUE : Math.min(distance + 1, Integer.MAX_VALUE);
    }
}
