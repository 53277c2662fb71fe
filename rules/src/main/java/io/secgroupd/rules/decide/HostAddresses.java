package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a host carries for each instance, and those that it has itself. One look-up tells both: a slot is
 * twice the index of the instance, plus one when the host itself has the address.
 */
final class HostAddresses {

    private static final int NO_SLOT = AddressSlots.NONE;

    private final AddressSlots v4;
    private final AddressSlots v6;
    /** The slot of every address that the host has and no instance lists, and of loopback, which every host has. */
    private final int unlisted;
    /** The last entry is null: it stands for the addresses that no instance lists. */
    private final @Nullable InstanceFilter[] instances;

    private HostAddresses(Map<IpAddress, Integer> slots, @Nullable InstanceFilter[] instances) {
        this.v4 = ofFamily(Family.IPV4, slots);
        this.v6 = ofFamily(Family.IPV6, slots);
        this.unlisted = 2 * instances.length - 1;
        this.instances = instances;
    }

    private static AddressSlots ofFamily(Family family, Map<IpAddress, Integer> slots) {
        var some = new HashMap<>(slots);
        some.keySet().removeIf(address -> address.family() != family);
        return new AddressSlots(some);
    }

    /**
     * Makes the table. A loopback address that an instance lists is left out: it would belong to every host.
     *
     * @param here the addresses of the host's interfaces
     */
    static HostAddresses of(List<CarriedInstance> carried, Collection<IpAddress> here) {
        Set<IpAddress> own = new HashSet<>(here);
        Map<IpAddress, Integer> slots = new HashMap<>();
        own.forEach(address -> slots.put(address, 2 * carried.size() + 1));
        for (int i = 0; i < carried.size(); i++) {
            for (IpAddress address : carried.get(i).addresses()) {
                slots.put(address, 2 * i + (own.contains(address) ? 1 : 0));
            }
        }
        return new HostAddresses(slots, filters(carried));
    }

    private static @Nullable InstanceFilter[] filters(List<CarriedInstance> carried) {
        @Nullable InstanceFilter[] filters = new InstanceFilter[carried.size() + 1];
        for (int i = 0; i < carried.size(); i++) {
            filters[i] = carried.get(i).filter();
        }
        return filters;
    }

    int sourceSlot(Flow flow) {
        return slotOf(flow.family(), flow.sourceHigh(), flow.sourceLow());
    }

    int destinationSlot(Flow flow) {
        return slotOf(flow.family(), flow.destinationHigh(), flow.destinationLow());
    }

    private int slotOf(Family family, long high, long low) {
        if (IpAddress.isLoopback(family, high, low)) {
            return unlisted;
        }
        return (family == Family.IPV4 ? v4 : v6).slotOf(high, low);
    }

    /** The instance that lists the address with this slot; null when the host carries none that does. */
    @Nullable
    InstanceFilter instanceAt(int slot) {
        return slot == NO_SLOT ? null : instances[slot >> 1];
    }

    /** Reports whether an interface of this host has the address with this slot. */
    static boolean isHere(int slot) {
        return slot != NO_SLOT && (slot & 1) != 0;
    }

    /** The instances, in the order in which they were given. */
    List<InstanceFilter> instances() {
        return Stream.of(instances).filter(Objects::nonNull).toList();
    }
}
