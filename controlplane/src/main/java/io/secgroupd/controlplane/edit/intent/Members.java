package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.net.IpAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Instances and clusters with something about them changed. */
final class Members {

    private Members() {}

    /** The groups of before that stay, in their order, and the new ones behind them. */
    static List<String> groups(List<String> before, List<String> wanted) {
        return kept(before, wanted);
    }

    static Instance with(Instance instance, List<String> groups, Map<String, String> tags) {
        return new Instance(
                instance.name(),
                instance.addresses(),
                instance.registered(),
                groups,
                instance.cluster(),
                instance.mode(),
                tags,
                instance.at());
    }

    static Cluster with(Cluster cluster, List<String> groups, Map<String, String> tags, OptionalInt port) {
        return new Cluster(
                cluster.name(),
                groups,
                cluster.instances(),
                cluster.mode(),
                tags,
                port,
                cluster.engine(),
                cluster.at());
    }

    static Cluster with(Cluster cluster, List<String> instances) {
        return new Cluster(
                cluster.name(),
                cluster.securityGroups(),
                instances,
                cluster.mode(),
                cluster.tags(),
                cluster.port(),
                cluster.engine(),
                cluster.at());
    }

    /** The same instance in another place: in a cluster, whose groups it has then, or of its own. */
    static Instance moved(Instance instance, List<String> groups, Optional<String> cluster, InstanceMode mode) {
        return new Instance(
                instance.name(),
                instance.addresses(),
                instance.registered(),
                groups,
                cluster,
                mode,
                instance.tags(),
                instance.at());
    }

    /** With other addresses, which are no longer those that a host reports. */
    static Instance at(Instance instance, List<IpAddress> addresses) {
        return new Instance(
                instance.name(),
                addresses,
                false,
                instance.securityGroups(),
                instance.cluster(),
                instance.mode(),
                instance.tags(),
                instance.at());
    }

    /** Those of before that stay, in their order, and the new ones behind them. */
    static <T> List<T> kept(List<T> before, List<T> wanted) {
        var all = new LinkedHashSet<T>(before);
        all.retainAll(new LinkedHashSet<>(wanted));
        all.addAll(wanted);
        return List.copyOf(all);
    }
}
