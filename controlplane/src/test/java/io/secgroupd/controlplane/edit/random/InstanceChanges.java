package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Draws changes of instances and of where they belong. */
final class InstanceChanges extends Draws {

    InstanceChanges(Random random, Policy policy) {
        super(random, policy);
    }

    Optional<Instance> instance() {
        return maybe(policy.instances().values());
    }

    private List<IpAddress> fresh() {
        int first = 0xac1e0000 + 2 * random.nextInt(1 << 16);
        return random.nextBoolean()
                ? List.of(IpAddress.ipv4(first))
                : List.of(IpAddress.ipv4(first), IpAddress.ipv6(0x20010db8aaaaL << 16, first));
    }

    Asked addInstance(List<String> groups) {
        var change = new IntendedChange.AddInstance("app-new", fresh(), groups);
        Set<String> come = Set.of(
                Facts.instance("app-new", change.addresses(), Optional.empty()),
                Facts.groups("app-new", groups),
                Facts.mode("app-new", InstanceMode.ENFORCE),
                Facts.tags("app-new", Map.of()));
        return new Asked(change, Set.of(), come, Set.of(), Set.of(), 1);
    }

    Asked removeInstance(Instance instance) {
        String name = instance.name();
        Set<String> gone = new TreeSet<>(Facts.of(policy));
        gone.removeIf(fact -> !fact.startsWith(name + " ") && !fact.startsWith("instance " + name + " "));
        Set<String> come = new TreeSet<>();
        instance.cluster().ifPresent(id -> {
            Cluster cluster = Objects.requireNonNull(policy.clusters().get(id));
            var rest = new ArrayList<>(cluster.instances());
            rest.remove(name);
            gone.add(Facts.cluster(id, cluster.instances(), cluster.engine()));
            come.add(Facts.cluster(id, rest, cluster.engine()));
        });
        var change = new IntendedChange.RemoveInstance(name);
        return new Asked(change, gone, come, Set.of(path(instance)), Set.of(), 1);
    }

    private static String path(Instance instance) {
        String of =
                instance.cluster().map(cluster -> "clusters." + cluster + ".").orElse("");
        return of + "instances." + instance.name();
    }

    Asked setAddresses(Instance instance) {
        var addresses = new ArrayList<>(random.nextBoolean() ? instance.addresses() : List.of());
        addresses.addAll(fresh());
        return new Asked(
                new IntendedChange.SetAddresses(instance.name(), addresses),
                Set.of(Facts.instance(instance.name(), instance.addresses(), instance.cluster())),
                Set.of(Facts.instance(instance.name(), addresses, instance.cluster())),
                Set.of(path(instance) + ".addresses"),
                Set.of(),
                1);
    }

    Asked setMembers(Cluster cluster) {
        var names = new ArrayList<String>();
        cluster.instances().stream().filter(name -> random.nextBoolean()).forEach(names::add);
        policy.instances().values().stream()
                .filter(one -> one.cluster().isEmpty() && one.tags().isEmpty() && random.nextBoolean())
                .forEach(one -> names.add(one.name()));
        var gone = new TreeSet<>(Set.of(Facts.cluster(cluster.name(), cluster.instances(), cluster.engine())));
        var come = new TreeSet<>(Set.of(Facts.cluster(cluster.name(), names, cluster.engine())));
        Set<String> touched = new TreeSet<>();
        for (Instance one : policy.instances().values()) {
            boolean member = cluster.instances().contains(one.name());
            if (member != names.contains(one.name())) {
                Optional<String> now = member ? Optional.empty() : Optional.of(cluster.name());
                gone.add(Facts.instance(one.name(), one.addresses(), one.cluster()));
                come.add(Facts.instance(one.name(), one.addresses(), now));
                gone.add(Facts.groups(one.name(), one.securityGroups()));
                come.add(Facts.groups(one.name(), cluster.securityGroups()));
                gone.add(Facts.mode(one.name(), policy.modeOf(one)));
                come.add(Facts.mode(one.name(), modeWith(cluster, one)));
                touched.add(path(one));
            }
        }
        var change = new IntendedChange.SetClusterInstances(cluster.name(), names);
        return new Asked(change, gone, come, touched, Set.of(), 4);
    }

    /** Of an instance that joins or leaves: whoever joins those who observe does so too, and whoever leaves them goes on. */
    private InstanceMode modeWith(Cluster cluster, Instance moved) {
        return cluster.mode().observes() ? cluster.mode() : policy.modeOf(moved);
    }
}
