package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instances a host was, so that an address that comes or goes does not change who answers for it.
 *
 * @param hostInstance  who has answered for the addresses that no instance lists
 * @param hostAddresses what that instance listed then: when the file changes them, the host may be another one by now
 * @param carried       the names of the instances that it was
 */
public record Remembered(Optional<String> hostInstance, Set<IpAddress> hostAddresses, Set<String> carried) {

    /** A host that has never been any. */
    public static final Remembered NOTHING = new Remembered(Optional.empty(), Set.of(), Set.of());

    public Remembered {
        hostAddresses = Set.copyOf(hostAddresses);
        carried = Set.copyOf(carried);
    }

    static Remembered of(CarrySettings.CarriedInstances carried) {
        Set<String> names = carried.instances().stream().map(Instance::name).collect(Collectors.toUnmodifiableSet());
        return carried.hostInstance() instanceof HostInstance.Named named
                ? new Remembered(
                        Optional.of(named.instance().name()),
                        Set.copyOf(named.instance().addresses()),
                        names)
                : new Remembered(Optional.empty(), Set.of(), names);
    }

    /** Reports whether this instance goes on answering: it is still carried, or an address of it is gone for a while. */
    boolean stillAnswers(Instance instance, List<Instance> carriedNow) {
        return hostInstance.filter(instance.name()::equals).isPresent()
                && (carriedNow.contains(instance) || hostAddresses.equals(Set.copyOf(instance.addresses())));
    }
}
