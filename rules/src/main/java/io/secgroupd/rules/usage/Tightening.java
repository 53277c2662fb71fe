package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What can be taken out of the rules of a policy without refusing anything that was seen.
 *
 * @param looked  the number of rules that were looked at
 * @param changes the rules that allow more than was used, in the order of the policy; all of them can be changed together
 * @param unknown by the id of a group: instances that have it and of which there is no record, so that nothing can be said about
 *                its rules
 */
public record Tightening(int looked, List<RuleChange> changes, Map<String, List<String>> unknown) {
    public Tightening {
        changes = List.copyOf(changes);
        unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
    }

    /** A policy with all changes made. */
    public Policy madeIn(Policy policy) {
        Map<String, SecurityGroup> groups = new LinkedHashMap<>(policy.securityGroups());
        groups.replaceAll((id, group) -> tightened(group));
        return new Policy(
                policy.limits(),
                policy.prefixLists(),
                groups,
                policy.instances(),
                policy.clusters(),
                policy.tests(),
                policy.invariants());
    }

    private SecurityGroup tightened(SecurityGroup group) {
        return new SecurityGroup(
                group.id(),
                group.name(),
                group.description(),
                group.tags(),
                tightened(group.rules(Direction.INGRESS)),
                tightened(group.rules(Direction.EGRESS)),
                group.at());
    }

    private List<Rule> tightened(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule ->
                        changeOf(rule).map(change -> change.rules().stream()).orElseGet(() -> Stream.of(rule)))
                .toList();
    }

    private Optional<RuleChange> changeOf(Rule rule) {
        return changes.stream().filter(change -> change.rule() == rule).findFirst();
    }
}
