package io.secgroupd.rules.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A whole control-plane file, includes merged. Maps keep the written order. Every reference is resolved: an instance
 * names groups that exist, a rule names lists that exist, and groups too unless the file tolerates stale references (a
 * stale group has no members).
 *
 * @param instances all instances by name, including those of clusters
 */
public record Policy(
        Limits limits,
        Map<String, PrefixList> prefixLists,
        Map<String, SecurityGroup> securityGroups,
        Map<String, Instance> instances,
        Map<String, Cluster> clusters,
        List<Expectation> tests,
        List<Invariant> invariants) {

    /** What a file says that names nothing. */
    public static final Policy EMPTY =
            new Policy(Limits.DEFAULT, Map.of(), Map.of(), Map.of(), Map.of(), List.of(), List.of());

    public Policy {
        prefixLists = ordered(prefixLists);
        securityGroups = ordered(securityGroups);
        instances = ordered(instances);
        clusters = ordered(clusters);
        tests = List.copyOf(tests);
        invariants = List.copyOf(invariants);
    }

    /** Every rule of every group, in written order. */
    public Stream<Rule> rules() {
        return securityGroups.values().stream().flatMap(SecurityGroup::allRules);
    }

    /** The instants at which rules expire. */
    public Expiries expiries() {
        return Expiries.of(rules());
    }

    /**
     * The policy as it holds at an instant: without the rules that have expired by then, and the same object when there are
     * none. A group that loses its last outbound rule lets nothing out.
     */
    public Policy at(Instant instant) {
        if (rules().allMatch(rule -> rule.livesAt(instant))) {
            return this;
        }
        Map<String, SecurityGroup> living = new LinkedHashMap<>();
        securityGroups.forEach((id, group) -> living.put(id, group.at(instant)));
        return with(living);
    }

    /** The mode that holds for an instance: it observes when it says so, and when its cluster does. */
    public InstanceMode modeOf(Instance instance) {
        return instance.mode().observes()
                ? instance.mode()
                : instance.cluster().map(clusters::get).map(Cluster::mode).orElse(InstanceMode.ENFORCE);
    }

    /** The instances that observe, in written order. */
    public Stream<Instance> observing() {
        return instances.values().stream().filter(instance -> modeOf(instance).observes());
    }

    /** The same policy with other security groups. */
    public Policy with(Map<String, SecurityGroup> groups) {
        return new Policy(limits, prefixLists, groups, instances, clusters, tests, invariants);
    }

    /** The same policy with other instances in the place of its own. */
    public Policy withInstances(UnaryOperator<Instance> change) {
        Map<String, Instance> changed = new LinkedHashMap<>(instances);
        changed.replaceAll((name, instance) -> change.apply(instance));
        return new Policy(limits, prefixLists, securityGroups, changed, clusters, tests, invariants);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
