package io.secgroupd.rules.analyze;

import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares what the rules of one direction allow before and after. Protocols that change alike are reported together.
 */
final class TableDiff {

    private static final int PROTOCOLS = 256;

    private record Region(List<PortRange> selectors, AddressSet peers) {}

    private final Direction direction;
    /** One set for each protocol that a rule names, and one of all that no rule names. */
    private final List<BitSet> alike;

    private TableDiff(Direction direction, List<RuleTerms> before, List<RuleTerms> after) {
        this.direction = direction;
        this.alike = alike(before, after);
    }

    static List<Change> of(Direction direction, List<RuleTerms> before, List<RuleTerms> after) {
        var diff = new TableDiff(direction, before, after);
        var changes = new ArrayList<Change>();
        changes.addAll(diff.changes(Verdict.ACCEPT, after, before));
        changes.addAll(diff.changes(Verdict.REJECT, before, after));
        return changes;
    }

    private static List<BitSet> alike(List<RuleTerms> before, List<RuleTerms> after) {
        var named = new BitSet(PROTOCOLS);
        Stream.concat(before.stream(), after.stream())
                .map(RuleTerms::protocol)
                .filter(protocol -> !protocol.equals(Protocol.ALL))
                .forEach(protocol -> named.set(protocol.number()));
        var classes = new ArrayList<BitSet>();
        named.stream().forEach(number -> {
            var one = new BitSet(PROTOCOLS);
            one.set(number);
            classes.add(one);
        });
        var others = (BitSet) named.clone();
        others.flip(0, PROTOCOLS);
        if (!others.isEmpty()) {
            classes.add(others);
        }
        return classes;
    }

    private List<Change> changes(Verdict now, List<RuleTerms> allowing, List<RuleTerms> other) {
        Map<Region, BitSet> protocols = new LinkedHashMap<>();
        for (BitSet each : alike) {
            int one = each.nextSetBit(0);
            ServiceDiff.of(matching(allowing, one), matching(other, one))
                    .forEach((peers, selectors) -> protocols
                            .computeIfAbsent(new Region(selectors, peers), unused -> new BitSet(PROTOCOLS))
                            .or(each));
        }
        return protocols.entrySet().stream()
                .map(entry -> new Change(
                        direction,
                        now,
                        new ProtocolSet(entry.getValue()),
                        entry.getKey().selectors(),
                        entry.getKey().peers()))
                .toList();
    }

    private static List<RuleTerms> matching(List<RuleTerms> rules, int protocol) {
        return rules.stream()
                .filter(terms -> terms.protocol().matches(protocol))
                .toList();
    }
}
