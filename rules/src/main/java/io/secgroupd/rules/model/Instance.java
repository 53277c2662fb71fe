package io.secgroupd.rules.model;

import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.text.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host, container or guest that rules are about.
 *
 * @param addresses      its own; an address belongs to one instance
 * @param registered     whether the addresses are those that its host reports; before it does, there are none
 * @param securityGroups in written order; an instance of a cluster has exactly the cluster's
 * @param cluster        the cluster it belongs to
 * @param mode           its own; see {@link Policy#modeOf} for the one that holds
 * @param tags           of its own; an instance of a cluster has none
 */
public record Instance(
        String name,
        List<IpAddress> addresses,
        boolean registered,
        List<String> securityGroups,
        Optional<String> cluster,
        InstanceMode mode,
        Map<String, String> tags,
        Location at) {

    public Instance {
        addresses = List.copyOf(addresses);
        securityGroups = List.copyOf(securityGroups);
        tags = Tags.copyOf(tags);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Instance instance
                && name.equals(instance.name)
                && addresses.equals(instance.addresses)
                && registered == instance.registered
                && securityGroups.equals(instance.securityGroups)
                && cluster.equals(instance.cluster)
                && mode == instance.mode
                && tags.equals(instance.tags)
                && at.equals(instance.at);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** The same instance in this mode. */
    public Instance with(InstanceMode other) {
        return new Instance(name, addresses, registered, securityGroups, cluster, other, tags, at);
    }

    /** The same instance with other groups. */
    public Instance withGroups(List<String> groups) {
        return new Instance(name, addresses, registered, groups, cluster, mode, tags, at);
    }
}
