package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Instances and clusters with something about them changed. */
final class Members {

    private Members() {}

    /** The groups of before that stay, in their order, and the new ones behind them. */
    static List<String> groups(List<String> before, List<String> wanted) {
        var groups = new LinkedHashSet<String>(before);
        groups.retainAll(new LinkedHashSet<>(wanted));
        groups.addAll(wanted);
        return List.copyOf(groups);
    }

    static Instance with(Instance instance, List<String> groups, Map<String, String> tags) {
        return new Instance(
                instance.name(),
                instance.addresses(),
                instance.registered(),
                groups,
                instance.cluster(),
                tags,
                instance.at());
    }

    static Cluster with(Cluster cluster, List<String> groups, Map<String, String> tags, OptionalInt port) {
        return new Cluster(cluster.name(), groups, cluster.instances(), tags, port, cluster.engine(), cluster.at());
    }
}
