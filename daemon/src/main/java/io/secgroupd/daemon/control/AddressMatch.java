package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the instances that a host is by its addresses. An instance elsewhere may list an address that other hosts have as
 * well: a loopback address, the bridge of a container engine, a slip of the pen. It must not make this host its own.
 */
final class AddressMatch {

    private final InterfaceAddresses addresses;
    private final Remembered before;
    private final List<String> passedOver = new ArrayList<>();

    AddressMatch(InterfaceAddresses addresses, Remembered before) {
        this.addresses = addresses;
        this.before = before;
    }

    /**
     * The instances of this host. One that is met on bridges alone, and also lists an address which is not here, counts only
     * when it was carried before, when the bridge is that of an instance that is here with all of its addresses, or when no
     * instance is here with all of them.
     */
    List<Instance> carried(Collection<Instance> instances) {
        List<Instance> candidates = instances.stream().filter(this::isMet).toList();
        List<Instance> certain = candidates.stream().filter(this::isCertain).toList();
        if (certain.isEmpty()) {
            return candidates;
        }
        Set<String> interfaces = interfacesOf(certain);
        var carried = new ArrayList<Instance>();
        for (Instance instance : candidates) {
            Set<String> met = interfacesOf(List.of(instance));
            if (certain.contains(instance)
                    || !addresses.bridges().containsAll(met)
                    || met.stream().anyMatch(interfaces::contains)) {
                carried.add(instance);
            } else {
                passedOver.add(sentence(instance));
            }
        }
        return carried;
    }

    /** A sentence for every instance that {@link #carried} left to another host. */
    List<String> passedOver() {
        return List.copyOf(passedOver);
    }

    private boolean isMet(Instance instance) {
        return instance.addresses().stream().anyMatch(this::isHere);
    }

    private boolean isCertain(Instance instance) {
        return before.carried().contains(instance.name())
                || instance.addresses().stream().allMatch(this::isHere);
    }

    /** Every host has the loopback addresses: they tell nothing. */
    private boolean isHere(IpAddress address) {
        return !address.isLoopback() && addresses.has(address);
    }

    /** Link-local addresses are alike on many interfaces: they tell of none. */
    private Set<String> interfacesOf(List<Instance> instances) {
        var names = new HashSet<String>();
        instances.stream()
                .flatMap(instance -> instance.addresses().stream())
                .filter(address -> isHere(address) && !address.isLinkLocal())
                .forEach(address -> names.addAll(addresses.interfacesOf(address)));
        return names;
    }

    private String sentence(Instance instance) {
        List<IpAddress> here =
                instance.addresses().stream().filter(this::isHere).toList();
        List<IpAddress> elsewhere = instance.addresses().stream()
                .filter(address -> !isHere(address))
                .toList();
        return instance.name() + " lists " + here.get(0) + ", which this host has, and " + elsewhere.get(0)
                + ", which it does not have: it is taken for another host's; remove the address from it, or name it under"
                + " carry in daemon.yaml";
    }
}
