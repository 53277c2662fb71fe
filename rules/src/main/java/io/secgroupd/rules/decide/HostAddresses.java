package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Flow;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses a host carries for which instance, and which it has itself. One look-up tells both: a slot is twice the
 * index of the instance, plus one when the host itself has the address.
 */
final class HostAddresses {

    /** 127.0.0.0/8: every host has these, whatever its interfaces say. */
    private static final AddressRange LOOPBACK_4 =
            new AddressRange(IpAddress.ipv4(0x7f00_0000), IpAddress.ipv4(0x7fff_ffff));

    private static final AddressRange LOOPBACK_6 = AddressRange.of(IpAddress.ipv6(0, 1));
    private static final AddressSet LOOPBACK = AddressSet.of(List.of(LOOPBACK_4, LOOPBACK_6));

    private final AddressTable table;
    /** The last is null: it stands for the addresses of the host that no instance lists. */
    private final @Nullable InstanceFilter[] instances;

    private HostAddresses(AddressTable table, @Nullable InstanceFilter[] instances) {
        this.table = table;
        this.instances = instances;
    }

    /**
     * Makes the table. An instance that lists a loopback address does not have it: it would be every host's.
     *
     * @param here the addresses of the host's interfaces
     */
    static HostAddresses of(List<CarriedInstance> carried, Collection<IpAddress> here) {
        var slots =
                new TreeMap<AddressRange, Integer>((one, other) -> one.first().compareTo(other.first()));
        Set<IpAddress> own = new HashSet<>(here);
        own.removeIf(LOOPBACK::contains);
        int unlisted = 2 * carried.size() + 1;
        own.forEach(address -> slots.put(AddressRange.of(address), unlisted));
        slots.put(LOOPBACK_4, unlisted);
        slots.put(LOOPBACK_6, unlisted);
        for (int i = 0; i < carried.size(); i++) {
            for (IpAddress address : carried.get(i).addresses()) {
                if (!LOOPBACK.contains(address)) {
                    slots.put(AddressRange.of(address), 2 * i + (own.contains(address) ? 1 : 0));
                }
            }
        }
        var table = new AddressTable.Builder();
        slots.forEach(table::append);
        return new HostAddresses(table.build(), filters(carried));
    }

    private static @Nullable InstanceFilter[] filters(List<CarriedInstance> carried) {
        @Nullable InstanceFilter[] filters = new InstanceFilter[carried.size() + 1];
        for (int i = 0; i < carried.size(); i++) {
            filters[i] = carried.get(i).filter();
        }
        return filters;
    }

    int sourceSlot(Flow flow) {
        return table.slotOf(flow.family(), flow.sourceHigh(), flow.sourceLow());
    }

    int destinationSlot(Flow flow) {
        return table.slotOf(flow.family(), flow.destinationHigh(), flow.destinationLow());
    }

    /** The instance that lists the address with this slot; null when the host carries none that does. */
    @Nullable
    InstanceFilter instanceAt(int slot) {
        return slot == AddressTable.NO_SLOT ? null : instances[slot >> 1];
    }

    /** Whether an interface of this host has the address with this slot. */
    static boolean isHere(int slot) {
        return slot != AddressTable.NO_SLOT && (slot & 1) != 0;
    }

    /** The instances, in the order in which they were given. */
    List<InstanceFilter> instances() {
        return Stream.of(instances).filter(Objects::nonNull).toList();
    }
}
