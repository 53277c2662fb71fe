package io.secgroupd.controlplane.edit.intent;

import io.secgroupd.controlplane.edit.change.Peers;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of a group in one direction, as they come out of changes. */
final class RuleSet {

    private final String group;
    private final Direction direction;
    private final Location at;
    private final List<Rule> rules = new ArrayList<>();

    /** @param at of the group, which stands for the place of rules that are new */
    RuleSet(String group, Direction direction, List<Rule> rules, Location at) {
        this.group = group;
        this.direction = direction;
        this.at = at;
        this.rules.addAll(rules);
    }

    /** One for each meaning: of two that say the same, the reader counts the one that lasts longer, or else the first. */
    List<Rule> rules() {
        Map<String, Rule> unique = new LinkedHashMap<>();
        rules.forEach(rule -> unique.merge(
                derivedId(RuleKey.of(rule)), rule, (first, other) -> other.outlasts(first) ? other : first));
        return List.copyOf(unique.values());
    }

    void add(List<RuleSpec> more) {
        for (RuleSpec terms : more) {
            checkNew(terms.key());
            rules.add(rule(terms.key(), terms, terms.id().orElse(derivedId(terms.key()))));
        }
    }

    private void checkNew(RuleKey key) {
        if (rules.stream().anyMatch(rule -> RuleKey.of(rule).equals(key))) {
            throw new ImpossibleChangeException("the rule " + Quote.of(key.toString()) + " is there already");
        }
    }

    void remove(RuleKey key) {
        checkThere(key);
        for (Rule rule : List.copyOf(rules)) {
            without(rule, key).ifPresent(rest -> replace(rule, rest));
        }
    }

    private void checkThere(RuleKey key) {
        if (rules.stream().allMatch(rule -> without(rule, key).isEmpty())) {
            throw new ImpossibleChangeException("there is no rule " + Quote.of(key.toString()) + " "
                    + direction.rulesKey() + " in " + Quote.of(group));
        }
    }

    private static Optional<List<Peer>> without(Rule rule, RuleKey key) {
        return RuleKey.of(rule).isSameService(key) ? Peers.without(rule.peer(), key.peer()) : Optional.empty();
    }

    private void replace(Rule rule, List<Peer> rest) {
        int index = rules.indexOf(rule);
        rules.remove(index);
        boolean given = !rule.id().equals(derivedId(RuleKey.of(rule)));
        boolean kept = given && Peers.keepsId(rule.peer(), rest);
        var terms = new RuleSpec(RuleKey.of(rule), rule.description(), rule.tags(), rule.expires(), Optional.empty());
        for (int i = 0; i < rest.size(); i++) {
            RuleKey key = terms.key().with(rest.get(i));
            rules.add(index + i, rule(key, terms, kept && i == 0 ? rule.id() : derivedId(key)));
        }
    }

    void replace(RuleKey key, String id, RuleSpec terms) {
        remove(key);
        checkNew(terms.key());
        rules.add(rule(terms.key(), terms, id));
    }

    private String derivedId(RuleKey key) {
        return RuleSpec.derivedId(group, direction, key);
    }

    private Rule rule(RuleKey key, RuleSpec terms, String id) {
        return new Rule(
                id,
                group,
                direction,
                key.protocol(),
                key.ports(),
                key.icmp(),
                key.peer(),
                terms.description(),
                terms.tags(),
                terms.expires(),
                at,
                "");
    }
}
