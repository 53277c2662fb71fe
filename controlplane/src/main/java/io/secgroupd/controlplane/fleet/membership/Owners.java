package io.secgroupd.controlplane.fleet.membership;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which instance has an address, while addresses are given to instances. */
final class Owners {

    private final Map<IpAddress, String> byAddress = new HashMap<>();
    private final Set<String> wanting = new HashSet<>();

    private Owners() {}

    /**
     * The addresses that a policy gives by itself.
     *
     * @param registered the instances whose addresses stand in the file of the fleet, and are given anew
     */
    static Owners of(Policy policy, Collection<String> registered) {
        var owners = new Owners();
        for (Instance instance : policy.instances().values()) {
            if (instance.registered()
                    && (registered.contains(instance.name())
                            || instance.addresses().isEmpty())) {
                owners.wanting.add(instance.name());
            } else {
                instance.addresses().forEach(address -> owners.byAddress.put(address, instance.name()));
            }
        }
        return owners;
    }

    /** Whether the addresses of an instance are those that hosts report, and stand in no other file. */
    boolean isWanting(String instance) {
        return wanting.contains(instance);
    }

    /** The first of these whose addresses are reported. */
    Optional<String> firstWanting(List<String> instances) {
        return instances.stream().filter(this::isWanting).findFirst();
    }

    /** Gives an address to an instance, unless another one has it. */
    boolean take(IpAddress address, String instance) {
        String owner = byAddress.putIfAbsent(address, instance);
        return owner == null || owner.equals(instance);
    }

    /** The instance that has an address. */
    Optional<String> of(IpAddress address) {
        return Optional.ofNullable(byAddress.get(address));
    }
}
