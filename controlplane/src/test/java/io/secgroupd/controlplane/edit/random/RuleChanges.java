package io.secgroupd.controlplane.edit.random;

import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.change.ShownRule;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Prefix;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Draws changes of rules. */
final class RuleChanges extends Draws {

    RuleChanges(Random random, Policy policy) {
        super(random, policy);
    }

    Optional<ShownRule> rule() {
        return maybe(policy.securityGroups().values().stream()
                .flatMap(group -> List.of(Direction.values()).stream().flatMap(side -> group.rules(side).stream()))
                .flatMap(rule -> ShownRule.of(rule).stream())
                .toList());
    }

    Asked removeRule(ShownRule rule) {
        String group = rule.of().group();
        return new Asked(
                new IntendedChange.RemoveRule(group, rule.direction(), rule.key()),
                Set.of(Facts.rule(group, rule)),
                Set.of(),
                Set.of(rule.of().path()),
                Set.of(),
                1);
    }

    Asked replaceRule(ShownRule rule) {
        String group = rule.of().group();
        RuleSpec terms = random.nextInt(3) == 0
                ? new RuleSpec(rule.key(), text(), tags(), expires(), Optional.empty())
                : terms();
        var change = new IntendedChange.ReplaceRule(group, rule.direction(), rule.key(), rule.id(), terms);
        String come = Facts.rule(group, rule.direction(), terms, rule.id());
        return new Asked(
                change,
                Set.of(Facts.rule(group, rule)),
                Set.of(come),
                Set.of(rule.of().path()),
                Set.of(),
                1);
    }

    /** A rule that no generated policy has. */
    RuleSpec terms() {
        boolean tcp = random.nextBoolean();
        var key = new RuleKey(
                tcp ? Protocol.TCP : random.nextBoolean() ? Protocol.ICMP : new Protocol(47),
                tcp ? PortRange.of(20000 + random.nextInt(40000)) : PortRange.ALL,
                IcmpMatch.ANY,
                peer());
        return new RuleSpec(key, random.nextBoolean() ? "" : text(), tags(), expires(), Optional.empty());
    }

    Peer peer() {
        return switch (random.nextInt(4)) {
            case 0 -> new Peer.Group(one(policy.securityGroups().keySet()));
            case 1 ->
                new Peer.Addresses(Prefix.containing(IpAddress.ipv6(0x20010db800ffL << 16, 0), 64)
                        .range());
            default -> new Peer.Addresses(range());
        };
    }

    Asked addRules(SecurityGroup group) {
        Direction direction = one(List.of(Direction.values()));
        var rules = new ArrayList<RuleSpec>();
        Set<String> come = new TreeSet<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            RuleSpec terms = terms();
            String id = RuleSpec.derivedId(group.id(), direction, terms.key());
            if (rules.stream().noneMatch(other -> other.key().equals(terms.key()))) {
                rules.add(terms);
                come.add(Facts.rule(group.id(), direction, terms, id));
            }
        }
        return new Asked(
                new IntendedChange.AddRules(group.id(), direction, rules), Set.of(), come, Set.of(), Set.of(), 1);
    }
}
