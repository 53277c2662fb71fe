package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the instances that this host is by its addresses. Another host's instance may list an address that this host has
 * too: a loopback address, the bridge of a container engine, or a typing error. Such an address must not make this host that
 * instance.
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
     * The instances of this host. An instance that matches only addresses of bridges, and also lists an address that this
     * host lacks, counts only if it was carried before, if the bridge belongs to an instance all of whose addresses are
     * here, or if there is no instance all of whose addresses are here.
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

    /** Every host has the loopback addresses, so they identify no host. */
    private boolean isHere(IpAddress address) {
        return !address.isLoopback() && addresses.has(address);
    }

    /** Many interfaces have the same link-local address, so it identifies no host. */
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
