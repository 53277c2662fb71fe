package io.secgroupd.rules.compile;

import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.decide.ServiceTable;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of an ordered list of groups, one direction, to a {@link RuleTable}. */
final class RuleTableCompiler {

    private static final int PROTOCOLS = 256;
    private static final int ADDRESSES_SHOWN = 3;

    private final PeerResolver peers;
    private final ClassFactory classes = new ClassFactory();
    private final Map<RuleKey, Integer> numbers = new HashMap<>();

    /** What makes a rule the same in every table. */
    private record RuleKey(String group, String id) {}

    RuleTableCompiler(PeerResolver peers) {
        this.peers = peers;
    }

    RuleTable compile(List<Rule> rules) {
        var named = rules.stream().map(Rule::protocol).collect(Collectors.toSet());
        ServiceTable others = tableFor(rules, Protocol.ALL);
        List<ServiceTable> byProtocol = new ArrayList<>(Collections.nCopies(PROTOCOLS, others));
        for (Protocol protocol : named) {
            if (!protocol.equals(Protocol.ALL)) {
                byProtocol.set(protocol.number(), tableFor(rules, protocol));
            }
        }
        return new RuleTable(byProtocol, rules.stream().map(this::terms).toList());
    }

    /** The table of the rules that name a protocol, together with those of {@code all}. */
    private ServiceTable tableFor(List<Rule> rules, Protocol protocol) {
        List<Candidate> candidates = IntStream.range(0, rules.size())
                .filter(index -> {
                    Protocol ofRule = rules.get(index).protocol();
                    return ofRule.equals(Protocol.ALL) || ofRule.equals(protocol);
                })
                .mapToObj(index -> new Candidate(index, rules.get(index).selectors(), peers.peersOf(rules.get(index))))
                .filter(candidate -> !candidate.peers().addresses().isEmpty())
                .toList();
        return ServiceTableCompiler.compile(classes, candidates);
    }

    private RuleTerms terms(Rule rule) {
        int number = numbers.computeIfAbsent(new RuleKey(rule.group(), rule.id()), key -> numbers.size());
        var matched = new MatchedRule(rule.id(), rule.group(), rule.at().fileLine(), number);
        AddressSet addresses = peers.peersOf(rule).addresses();
        String text = rule.terms() + (rule.peer() instanceof Peer.Group ? members(addresses) : "");
        return new RuleTerms(matched, rule.direction(), rule.protocol(), rule.selectors(), addresses, text);
    }

    private static String members(AddressSet addresses) {
        if (addresses.isEmpty()) {
            return " (no members)";
        }
        String shown = addresses.stream()
                .limit(ADDRESSES_SHOWN)
                .map(range -> range.first().equals(range.last()) ? range.first().toString() : range.toString())
                .collect(Collectors.joining(", "));
        int more = addresses.size() - ADDRESSES_SHOWN;
        return " (" + shown + (more > 0 ? " and " + more + " more" : "") + ")";
    }
}
