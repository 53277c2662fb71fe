package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds what can be taken out of rules without refusing anything that was seen. Of several rules that allow something, the one that
 * is named for it counts as used, and the others do not; so the others can go, and all changes can be made together. For one
 * thread.
 */
public final class Tightener {

    private final CompiledPolicy policy;
    private final UsedParts parts;
    /** By direction, group and id. */
    private final Map<String, Demand> used = new HashMap<>();

    public Tightener(CompiledPolicy policy) {
        this.policy = policy;
        this.parts = new UsedParts(new UsedPeers(policy));
    }

    /**
     * Takes what the rules of an instance allowed; what they do not allow is not counted.
     *
     * @param instance one of the policy
     * @param peer     the address at the other end
     * @param selector see {@code Flow.selector()}
     */
    public void add(
            Instance instance, Direction direction, Protocol protocol, int selector, IpAddress peer, Sightings seen) {
        RuleTable table = policy.filterOf(instance).table(direction);
        int index = table.match(peer.family(), peer.high(), peer.low(), protocol.number(), selector);
        if (index != RuleTable.NO_RULE) {
            MatchedRule rule = table.rules().get(index).rule();
            used.computeIfAbsent(key(direction, rule.group(), rule.id()), none -> new Demand())
                    .add(instance.name(), protocol, selector, peer, seen);
        }
    }

    private static String key(Direction direction, String group, String id) {
        return direction.word() + " " + group + " " + id;
    }

    /**
     * What can be taken out. It has been tried: with all of it, the policy allows everything that was taken.
     *
     * @param recorded tells of which instances, by name, there is a record. About the rules of a group nothing is said when there
     *                 is none of a member
     */
    public Tightening tighten(Predicate<String> recorded) {
        Map<String, List<String>> unknown = new TreeMap<>();
        var looked = new ArrayList<Rule>();
        Map<String, List<String>> members = membersByGroup();
        for (SecurityGroup group : policy.policy().securityGroups().values()) {
            List<String> unrecorded = members.getOrDefault(group.id(), List.of()).stream()
                    .filter(recorded.negate())
                    .toList();
            if (!unrecorded.isEmpty()) {
                unknown.put(group.id(), unrecorded);
            } else if (members.containsKey(group.id())) {
                looked.addAll(group.inbound());
                looked.addAll(group.outbound());
            }
        }
        List<RuleChange> changes =
                looked.stream().flatMap(rule -> change(rule).stream()).toList();
        var tightening = new Tightening(looked.size(), changes, unknown);
        prove(tightening);
        return tightening;
    }

    private Map<String, List<String>> membersByGroup() {
        Map<String, List<String>> members = new TreeMap<>();
        for (Instance instance : policy.policy().instances().values()) {
            instance.securityGroups()
                    .forEach(group -> members.computeIfAbsent(group, none -> new ArrayList<>())
                            .add(instance.name()));
        }
        return members;
    }

    private Optional<RuleChange> change(Rule rule) {
        Demand demand = used.get(key(rule.direction(), rule.group(), rule.id()));
        return demand == null
                ? Optional.of(new RuleChange(rule, List.of(), Optional.empty()))
                : parts.of(rule, demand).map(left -> new RuleChange(rule, left, Optional.of(demand.evidence())));
    }

    private void prove(Tightening tightening) {
        var proposal = new Proposal(CompiledPolicy.of(tightening.madeIn(policy.policy())));
        for (Direction direction : Direction.values()) {
            used.forEach((key, demand) -> {
                if (key.startsWith(direction.word() + " ")) {
                    proposal.allows(direction, demand);
                }
            });
        }
    }
}
