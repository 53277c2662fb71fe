package io.secgroupd.rules.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
