package io.secgroupd.rules.invariant;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Cluster;
import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns invariants into the flows that none of them allows. Equal ends become the same set. */
final class Shapes {

    private final CompiledPolicy policy;
    /** Keyed by families, kind and text, as equal ends have them. */
    private final Map<String, AddressSet> known = new HashMap<>();

    Shapes(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** The flows that break an invariant when they are accepted. */
    Shape of(Invariant invariant) {
        boolean others = invariant.kind() == Invariant.Kind.ONLY;
        return new Shape(
                addresses(invariant.from(), others, invariant.protocol()),
                addresses(invariant.to(), false, invariant.protocol()),
                invariant.protocol(),
                invariant.ports());
    }

    private AddressSet addresses(List<FlowEnd> ends, boolean others, Protocol protocol) {
        List<Family> families =
                Stream.of(Family.values()).filter(protocol::existsIn).toList();
        String key =
                families + " " + others + " " + ends.stream().map(Shapes::key).toList();
        return known.computeIfAbsent(key, unused -> {
            AddressSet all = union(ends);
            return only(families, others ? AddressSet.ALL.minus(all) : all);
        });
    }

    /** An instance may have the name of a group. */
    private static String key(FlowEnd end) {
        return end.getClass().getSimpleName() + " " + end;
    }

    private AddressSet union(List<FlowEnd> ends) {
        if (ends.size() == 1) {
            return addresses(ends.get(0));
        }
        var all = new AddressSet.Builder();
        ends.forEach(end -> addresses(end).stream().forEach(all::add));
        return all.build();
    }

    private static AddressSet only(List<Family> families, AddressSet all) {
        return families.size() == 1 ? all.only(families.get(0)) : all;
    }

    private AddressSet addresses(FlowEnd end) {
        if (end instanceof FlowEnd.OfPeer of) {
            return policy.addressesOf(of.peer());
        }
        if (end instanceof FlowEnd.OfInstance one) {
            return ofInstances(Stream.of(one.name()));
        }
        Cluster cluster = policy.policy().clusters().get(((FlowEnd.OfCluster) end).name());
        return cluster == null ? AddressSet.EMPTY : ofInstances(cluster.instances().stream());
    }

    private AddressSet ofInstances(Stream<String> names) {
        return of(names.flatMap(
                name -> Stream.ofNullable(policy.policy().instances().get(name))));
    }

    /** The addresses of instances. */
    static AddressSet of(Stream<Instance> instances) {
        var all = new AddressSet.Builder();
        instances.forEach(instance -> instance.addresses().forEach(address -> all.add(AddressRange.of(address))));
        return all.build();
    }
}
