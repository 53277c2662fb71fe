package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which instances this host is.
 *
 * @param names        the instances by name; empty: those with an address on a local interface
 * @param hostInstance who answers for local addresses that no instance lists; empty: the carried one when there is just one
 */
public record Carry(Optional<List<String>> names, Optional<String> hostInstance) {

    /** Both {@code auto}. */
    public static final Carry AUTO = new Carry(Optional.empty(), Optional.empty());

    /** The instances that this host carries under a policy. */
    public record Carried(List<Instance> instances, Optional<Instance> hostInstance) {}

    /**
     * The instances that this is under a policy, on a host with these addresses.
     *
     * @throws NotCarriedException when that is none, or a name is not in the policy
     */
    public Carried select(Policy policy, Set<IpAddress> localAddresses) throws NotCarriedException {
        List<Instance> instances = names.isPresent()
                ? named(policy, names.get())
                : withLocalAddress(policy.instances().values(), localAddresses);
        if (instances.isEmpty()) {
            throw new NotCarriedException(localAddresses);
        }
        return new Carried(instances, hostInstanceOf(policy, instances));
    }

    private static List<Instance> withLocalAddress(Collection<Instance> instances, Set<IpAddress> localAddresses) {
        return instances.stream()
                .filter(instance -> instance.addresses().stream().anyMatch(localAddresses::contains))
                .toList();
    }

    private Optional<Instance> hostInstanceOf(Policy policy, List<Instance> instances) throws NotCarriedException {
        if (hostInstance.isPresent()) {
            return Optional.of(named(policy, List.of(hostInstance.get())).get(0));
        }
        return instances.size() == 1 ? Optional.of(instances.get(0)) : Optional.empty();
    }

    private static List<Instance> named(Policy policy, List<String> names) throws NotCarriedException {
        for (String name : names) {
            if (!policy.instances().containsKey(name)) {
                throw new NotCarriedException(name);
            }
        }
        return names.stream().map(name -> policy.instances().get(name)).toList();
    }
}
