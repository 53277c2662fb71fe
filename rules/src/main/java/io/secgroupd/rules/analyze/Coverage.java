package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.RangeList;
import java.util.List;
import java.util.Optional;

/** Finds rules that allow only what one other rule of the same group and direction allows too. */
public final class Coverage {

    private final Policy policy;

    /** In the groups of a policy. */
    public Coverage(Policy policy) {
        this.policy = policy;
    }

    /** Says which rule covers {@code rules.get(index)}. Of two that allow the same, the later is the covered one. */
    Optional<String> reason(List<Rule> rules, int index) {
        return covering(rules, index)
                .map(other -> "covered: " + rules.get(index).terms() + " is within " + other.terms() + " at "
                        + other.at() + "; remove one");
    }

    /** The rule that covers {@code rules.get(index)}, of the same group and direction. */
    public Optional<Rule> covering(List<Rule> rules, int index) {
        Rule rule = rules.get(index);
        for (int i = 0; i < rules.size(); i++) {
            Rule other = rules.get(i);
            if (i != index && covers(other, rule) && (i < index || !covers(rule, other))) {
                return Optional.of(other);
            }
        }
        return Optional.empty();
    }

    private boolean covers(Rule wide, Rule narrow) {
        return !narrow.outlasts(wide)
                && (wide.protocol().number() == -1
                        || wide.protocol().number() == narrow.protocol().number())
                && wide.selectors().contains(narrow.selectors())
                && covers(wide.peer(), narrow.peer());
    }

    /** Group membership changes, so a group is covered only by itself and by {@code any}. */
    private boolean covers(Peer wide, Peer narrow) {
        if (wide instanceof Peer.Any || wide.equals(narrow)) {
            return true;
        }
        if (narrow instanceof Peer.Addresses addresses) {
            return contains(wide, addresses.range());
        }
        return wide instanceof Peer.Addresses && narrow instanceof Peer.List list && containsAll(wide, list);
    }

    private boolean contains(Peer wide, AddressRange range) {
        if (wide instanceof Peer.Addresses addresses) {
            return addresses.range().contains(range.first())
                    && addresses.range().contains(range.last());
        }
        return wide instanceof Peer.List list && entries(list).contains(range);
    }

    private boolean containsAll(Peer wide, Peer.List list) {
        AddressSet entries = entries(list);
        for (Family family : Family.values()) {
            RangeList ranges = entries.ranges(family);
            int size = ranges.size();
            if (size > 0 && !(contains(wide, ranges.get(0)) && contains(wide, ranges.get(size - 1)))) {
                return false;
            }
        }
        return !entries.isEmpty();
    }

    private AddressSet entries(Peer.List list) {
        PrefixList known = policy.prefixLists().get(list.id());
        return known == null ? AddressSet.EMPTY : known.entries();
    }
}
