package io.secgroupd.rules.compile;

import io.secgroupd.rules.compile.ServiceTableCompiler.Candidate;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.decide.ServiceTable;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compiles the rules of an ordered list of groups, in one direction, to a {@link RuleTable}. */
final class RuleTableCompiler {

    private static final int PROTOCOLS = 256;

    private final PeerResolver peers;
    private final PeerClassCache classes = new PeerClassCache();
    /** Keyed by group and id, which identify a rule in every table. */
    private final Map<String, Integer> numbers = new HashMap<>();

    /** A rule is in the table of every combination of groups that includes its group. */
    private final IdentityHashMap<Rule, ResolvedRule> resolved = new IdentityHashMap<>();

    private record ResolvedRule(PeerSet peers, RuleTerms terms) {}

    RuleTableCompiler(PeerResolver peers) {
        this.peers = peers;
    }

    RuleTable compile(List<Rule> rules) {
        List<ResolvedRule> all = rules.stream()
                .map(rule -> resolved.computeIfAbsent(rule, this::resolve))
                .toList();
        var named = rules.stream().map(Rule::protocol).collect(Collectors.toSet());
        ServiceTable others = tableFor(all, Protocol.ALL);
        List<ServiceTable> byProtocol = new ArrayList<>(Collections.nCopies(PROTOCOLS, others));
        for (Protocol protocol : named) {
            if (!protocol.equals(Protocol.ALL)) {
                byProtocol.set(protocol.number(), tableFor(all, protocol));
            }
        }
        return new RuleTable(byProtocol, all.stream().map(ResolvedRule::terms).toList());
    }

    /** The table of the rules that name a protocol, together with those of {@code all}. */
    private ServiceTable tableFor(List<ResolvedRule> rules, Protocol protocol) {
        var candidates = new ArrayList<Candidate>();
        for (int index = 0; index < rules.size(); index++) {
            RuleTerms terms = rules.get(index).terms();
            boolean applies =
                    terms.protocol().equals(Protocol.ALL) || terms.protocol().equals(protocol);
            if (applies && !terms.peer().isEmpty()) {
                candidates.add(
                        new Candidate(index, terms.selectors(), rules.get(index).peers()));
            }
        }
        return ServiceTableCompiler.compile(classes, candidates);
    }

    private ResolvedRule resolve(Rule rule) {
        int number = numbers.computeIfAbsent(rule.group() + " " + rule.id(), key -> numbers.size());
        var matched = new MatchedRule(rule.id(), rule.group(), rule.at().fileLine(), number);
        PeerSet peersOf = peers.peersOf(rule);
        String text = rule.terms() + (rule.peer() instanceof Peer.Group ? " " + peersOf.members() : "");
        return new ResolvedRule(
                peersOf,
                new RuleTerms(matched, rule.direction(), rule.protocol(), rule.selectors(), peersOf.addresses(), text));
    }
}
