package io.secgroupd.daemon.cli.running;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.daemon.cli.common.CommandFailedException;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Quote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An inbound rule that is to be there until it expires.
 *
 * @param group       the security group
 * @param description who opens it, and why
 */
record Opening(String group, RuleKey key, Instant expires, String description) {

    /**
     * What is to be changed in a policy.
     *
     * @throws CommandFailedException when the group is none, or this is open until then already
     */
    IntendedChange change(Policy policy) {
        Optional<Rule> there = rule(policy);
        if (there.isEmpty()) {
            return new IntendedChange.AddRules(group, Direction.INGRESS, List.of(terms(Map.of())));
        }
        Rule rule = there.get();
        if (rule.livesAt(expires)) {
            String end = rule.expires().map(until -> " until " + until).orElse("");
            throw new CommandFailedException(
                    ExitCode.NO,
                    rule.terms() + " is open in " + group + " already" + end + ", by " + rule.id() + " at " + rule.at()
                            + "; nothing was written");
        }
        return new IntendedChange.ReplaceRule(group, Direction.INGRESS, key, rule.id(), terms(rule.tags()));
    }

    /** The rule that says this, if there is one. */
    Optional<Rule> rule(Policy policy) {
        SecurityGroup found = policy.securityGroups().get(group);
        if (found == null) {
            throw new CommandFailedException(ExitCode.USAGE, noGroup(policy));
        }
        return found.inbound().stream()
                .filter(rule -> RuleKey.of(rule).equals(key))
                .findFirst();
    }

    private RuleSpec terms(Map<String, String> tags) {
        return new RuleSpec(key, description, tags, Optional.of(expires), Optional.empty());
    }

    private String noGroup(Policy policy) {
        var cluster = policy.clusters().get(group);
        if (cluster != null) {
            return noGroup("a cluster", cluster.securityGroups());
        }
        var instance = policy.instances().get(group);
        return instance != null
                ? noGroup("an instance", instance.securityGroups())
                : "there is no security group " + Quote.of(group) + "; name one of the rules file";
    }

    private String noGroup(String what, List<String> groups) {
        return Quote.of(group) + " is " + what + ", and a rule belongs to a security group; name one"
                + (groups.isEmpty() ? "" : ", such as " + groups.get(0));
    }
}
