package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what is valid but probably a mistake. A warning never refuses a policy. */
public final class Lint {

    private final Policy policy;
    private final Emptiness emptiness;
    private final Coverage coverage;
    private final List<Problem> warnings = new ArrayList<>();

    private Lint(Policy policy) {
        this.policy = policy;
        this.emptiness = new Emptiness(policy);
        this.coverage = new Coverage(policy);
    }

    /** The warnings about a policy, in no particular order. */
    public static List<Problem> check(Policy policy) {
        var lint = new Lint(policy);
        lint.instances();
        lint.groups();
        lint.lists();
        return lint.warnings;
    }

    private void instances() {
        policy.instances().values().stream()
                .filter(instance -> instance.addresses().isEmpty() && !instance.registered())
                .forEach(instance -> warnings.add(new Problem(
                        Severity.WARNING,
                        instance.at(),
                        path(instance),
                        "the instance has no addresses: no rule applies to it; write its addresses")));
        policy.instances()
                .values()
                .forEach(instance -> Oddities.of(instance)
                        .forEach(odd -> warnings.add(
                                new Problem(Severity.WARNING, instance.at(), path(instance) + ".addresses", odd))));
    }

    private void lists() {
        policy.prefixLists().values().stream()
                .filter(list -> list.entries().isEmpty() && !list.allowEmpty())
                .forEach(list -> warnings.add(new Problem(
                        Severity.WARNING,
                        list.at(),
                        "prefix_lists." + list.id(),
                        "the list is empty: a daemon that has entries of it in force refuses the file; "
                                + "write its entries, or allow_empty: true")));
    }

    private static String path(Instance instance) {
        return instance.cluster()
                .map(cluster -> "clusters." + cluster + ".instances." + instance.name())
                .orElse("instances." + instance.name());
    }

    private void groups() {
        Set<String> used = new HashSet<>();
        policy.instances().values().forEach(instance -> used.addAll(instance.securityGroups()));
        policy.clusters().values().forEach(cluster -> used.addAll(cluster.securityGroups()));
        for (SecurityGroup group : policy.securityGroups().values()) {
            if (!used.contains(group.id())) {
                warnings.add(new Problem(
                        Severity.WARNING,
                        group.at(),
                        "security_groups." + group.id(),
                        "no instance has this group; give it to one, or remove it"));
            }
            for (Direction direction : Direction.values()) {
                rules(group.rules(direction));
            }
        }
    }

    private void rules(List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            Optional<String> reason = reason(rules, i);
            if (reason.isPresent()) {
                Rule rule = rules.get(i);
                warnings.add(new Problem(Severity.WARNING, rule.at(), rule.path(), reason.get()));
            }
        }
    }

    /** The first of the reasons that hold. */
    private Optional<String> reason(List<Rule> rules, int index) {
        Rule rule = rules.get(index);
        Optional<String> reason = emptiness.reason(rule);
        if (reason.isEmpty()) {
            reason = Oddities.reason(rule);
        }
        if (reason.isEmpty()) {
            reason = coverage.reason(rules, index);
        }
        return reason.isPresent() ? reason : Exposure.reason(rule);
    }
}
