package io.secgroupd.daemon.control;

import io.secgroupd.rules.model.HostInstance;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which instances a host was, so that a changed address does not change which instance answers for unlisted
 * addresses.
 *
 * @param hostInstance the instance that has answered for unlisted addresses
 * @param hostAddresses the addresses that this instance listed then: if the file changes them, the host may be another one
 * @param carried the names of the instances that the host was
 */
public record Remembered(Optional<String> hostInstance, Set<IpAddress> hostAddresses, Set<String> carried) {

    /** A host that was never any instance. */
    public static final Remembered NOTHING = new Remembered(Optional.empty(), Set.of(), Set.of());

    public Remembered {
        hostAddresses = Set.copyOf(hostAddresses);
        carried = Set.copyOf(carried);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Remembered remembered
                && hostInstance.equals(remembered.hostInstance)
                && hostAddresses.equals(remembered.hostAddresses)
                && carried.equals(remembered.carried);
    }

    @Override
    public int hashCode() {
        return (hostInstance.hashCode() * 31 + hostAddresses.hashCode()) * 31 + carried.hashCode();
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

    /** Reports whether this instance goes on answering: it is still carried, or an address of it is missing for a while. */
    boolean stillAnswers(Instance instance, List<Instance> carriedNow) {
        return hostInstance.filter(instance.name()::equals).isPresent()
                && (carriedNow.contains(instance) || hostAddresses.equals(Set.copyOf(instance.addresses())));
    }
}
