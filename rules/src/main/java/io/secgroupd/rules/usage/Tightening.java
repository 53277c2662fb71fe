package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import java.util.Collections;
import java.util.IdentityHashMap;
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
        IdentityHashMap<Rule, RuleChange> byRule = new IdentityHashMap<>();
        changes.forEach(change -> byRule.put(change.rule(), change));
        groups.replaceAll((id, group) -> tightened(group, byRule));
        return policy.with(groups);
    }

    private static SecurityGroup tightened(SecurityGroup group, IdentityHashMap<Rule, RuleChange> byRule) {
        return group.with(tightened(group.inbound(), byRule), tightened(group.outbound(), byRule));
    }

    private static List<Rule> tightened(List<Rule> rules, IdentityHashMap<Rule, RuleChange> byRule) {
        return rules.stream()
                .flatMap(rule -> Optional.ofNullable(byRule.get(rule))
                        .map(change -> change.rules().stream())
                        .orElseGet(() -> Stream.of(rule)))
                .toList();
    }
}
