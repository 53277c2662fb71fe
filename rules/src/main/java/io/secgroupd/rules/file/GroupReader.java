package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Limits;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.RuleId;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Problems;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code security_groups}. */
final class GroupReader {

    private static final Set<String> KEYS = Set.of("name", "description", "tags", "inbound", "outbound");

    private static final Map<String, String> ELSEWHERE = Map.of("ingress", "inbound", "egress", "outbound");

    private final RuleReader rules;
    private final Limits limits;
    private final Problems problems;
    private final Room room;
    private final RuleId.Deriver derivedIds = new RuleId.Deriver();
    private final Map<String, Location> ruleIds = new HashMap<>();

    GroupReader(References references, Limits limits, Problems problems, Room room) {
        this.room = room;
        this.rules = new RuleReader(references);
        this.limits = limits;
        this.problems = problems;
    }

    Map<String, SecurityGroup> read(List<Value.NamedValue> entries) {
        var groups = new LinkedHashMap<String, SecurityGroup>();
        for (Value.NamedValue entry : entries) {
            Ids.check(entry, Ids.GROUP);
            entry.value().fields(KEYS, ELSEWHERE).ifPresent(fields -> groups.put(entry.key(), group(entry, fields)));
        }
        return groups;
    }

    private SecurityGroup group(Value.NamedValue entry, Fields fields) {
        String id = entry.key();
        List<RuleEntry> inbound = entries(fields, id, Direction.INGRESS);
        List<RuleEntry> outbound = entries(fields, id, Direction.EGRESS);
        boolean within = isWithinLimit(entry, inbound, outbound);
        return new SecurityGroup(
                id,
                fields.optional("name").flatMap(Value::label).orElse(""),
                fields.optional("description").flatMap(Value::label).orElse(""),
                TagsReader.read(fields),
                within ? unique(inbound, id) : List.of(),
                !fields.has("outbound") ? List.of(everythingOut(entry)) : within ? unique(outbound, id) : List.of(),
                entry.at());
    }

    private List<RuleEntry> entries(Fields fields, String group, Direction direction) {
        Optional<Value> rulesValue = fields.optional(direction.rulesKey());
        if (rulesValue.filter(Value::isNull).isPresent()) {
            // Without the key everything may go out, which must not happen to a list that has merely lost its items.
            rulesValue.get().error("there is no value here; write [] for no rules");
            return List.of();
        }
        var entries = new ArrayList<RuleEntry>();
        for (Value value : rulesValue.flatMap(Value::items).orElse(List.of())) {
            rules.read(value, group, direction).ifPresent(entries::add);
        }
        return entries;
    }

    /** Counts before any rule is made: a thousand ports times a thousand peers are a million rules. */
    private boolean isWithinLimit(Value.NamedValue group, List<RuleEntry> inbound, List<RuleEntry> outbound) {
        long count = count(inbound) + count(outbound);
        if (count > limits.rulesPerSecurityGroup()) {
            group.error(
                    count + " rules (each port range × peer is one), and the limit is " + limits.rulesPerSecurityGroup()
                            + "; use a prefix list, split the group, or raise limits.rules_per_security_group");
        }
        return count <= limits.rulesPerSecurityGroup()
                && room.takeRules(count + 1, group.at(), "security_groups." + group.key()); // plus the implied one
    }

    private static long count(List<RuleEntry> entries) {
        return entries.stream().mapToLong(RuleEntry::count).sum();
    }

    private List<Rule> unique(List<RuleEntry> entries, String group) {
        var firsts = new LinkedHashMap<String, Rule>();
        for (RuleEntry entry : entries) {
            for (Rule rule : entry.rules(group, derivedIds)) {
                Rule first = firsts.get(entry.contentId(rule, derivedIds));
                if (first != null) {
                    problems.warning(rule.at(), rule.path(), duplicate(rule, first));
                }
                if (first == null || rule.outlasts(first)) {
                    firsts.put(entry.contentId(rule, derivedIds), rule);
                }
            }
        }
        firsts.values().forEach(this::checkId);
        return new ArrayList<>(firsts.values());
    }

    /** Of two that say the same, the one that lasts longer counts: it is still written when the other has expired. */
    private static String duplicate(Rule rule, Rule first) {
        return "duplicate rule: " + rule.terms() + " is already written at " + first.at()
                + (rule.expires().equals(first.expires())
                        ? "; remove one"
                        : ", and the one that lasts longer counts; remove the other");
    }

    private void checkId(Rule rule) {
        Location first = ruleIds.putIfAbsent(rule.id(), rule.at());
        if (first != null) {
            problems.error(
                    rule.at(),
                    rule.path() + ".id",
                    "the id " + Quote.of(rule.id()) + " is taken by the rule at " + first + "; write another");
        }
    }

    private Rule everythingOut(Value.NamedValue group) {
        var peer = Peer.Any.ANY;
        var direction = Direction.EGRESS;
        String id = derivedIds.derive(group.key(), direction, Protocol.ALL, PortRange.ALL, IcmpMatch.ANY, peer);
        String path = group.value().path() + "." + direction.rulesKey();
        return new Rule(
                id,
                group.key(),
                direction,
                Protocol.ALL,
                PortRange.ALL,
                IcmpMatch.ANY,
                peer,
                "",
                Map.of(),
                Optional.empty(),
                group.at(),
                path);
    }
}
