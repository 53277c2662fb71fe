package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say which instances this host is.
 *
 * @param names        the instances by name; empty: those with an address on a local interface
 * @param hostInstance which instance answers for local addresses that no instance lists: a name, {@link #REFUSE} or {@link
 * #OPEN}; empty: the only instance that is carried, which then goes on to answer
 */
public record CarrySettings(Optional<List<String>> names, Optional<String> hostInstance) {

    /** Both settings are {@code auto}. */
    public static final CarrySettings AUTO = new CarrySettings(Optional.empty(), Optional.empty());

    private static final String REFUSE = "refuse";
    private static final String OPEN = "open";

    /**
     * The instances that this host carries under a policy.
     *
     * @param here       the addresses of its interfaces
     * @param passedOver a sentence for every instance that lists an address of this host but belongs to another host
     */
    public record CarriedInstances(
            List<Instance> instances, HostInstance hostInstance, Set<IpAddress> here, List<String> passedOver) {

        public CarriedInstances {
            instances = List.copyOf(instances);
            here = Set.copyOf(here);
            passedOver = List.copyOf(passedOver);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CarriedInstances carried
                    && isSameHostAs(carried)
                    && here.equals(carried.here)
                    && passedOver.equals(carried.passedOver);
        }

        @Override
        public int hashCode() {
            return instances.hashCode() * 31 + here.hashCode();
        }

        /** Reports whether both carry the same instances and use the same one for unlisted addresses. */
        boolean isSameHostAs(CarriedInstances other) {
            return instances.equals(other.instances) && hostInstance.equals(other.hostInstance);
        }
    }

    /**
     * Chooses the instances that this host is under a policy.
     *
     * @param before the instances that this host was until now
     * @throws NotCarriedException when this host is no instance, or a configured name is not in the policy
     */
    public CarriedInstances select(Policy policy, InterfaceAddresses addresses, Remembered before)
            throws NotCarriedException {
        var matched = new AddressMatch(addresses, before);
        List<Instance> instances = names.isPresent()
                ? named(policy, names.get())
                : matched.carried(policy.instances().values());
        if (instances.isEmpty()) {
            throw new NotCarriedException(addresses.all());
        }
        return new CarriedInstances(
                instances,
                hostInstanceOf(policy, instances, before),
                addresses.all(),
                names.isPresent() ? List.of() : matched.passedOver());
    }

    private HostInstance hostInstanceOf(Policy policy, List<Instance> instances, Remembered before)
            throws NotCarriedException {
        if (hostInstance.isPresent()) {
            return switch (hostInstance.get()) {
                case REFUSE -> HostInstance.Nobody.REFUSE;
                case OPEN -> HostInstance.Nobody.OPEN;
                default ->
                    new HostInstance.Named(
                            named(policy, List.of(hostInstance.get())).get(0));
            };
        }
        Optional<Instance> answering = before.hostInstance()
                .flatMap(name -> Optional.ofNullable(policy.instances().get(name)))
                .filter(instance -> before.stillAnswers(instance, instances));
        if (answering.isPresent()) {
            return new HostInstance.Named(answering.get());
        }
        return instances.size() == 1 ? new HostInstance.Named(instances.get(0)) : HostInstance.Nobody.REFUSE;
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
