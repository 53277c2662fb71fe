package io.secgroupd.rules.testkit;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a compiled filter answers, as text to read beside the rules: for every service the rules that answer and the
 * peers that each of them lets in, in canonical form. The table is asked, not looked into: between two edges of the rules
 * every answer is the same, so one question to each cell tells all.
 */
public final class CompiledText {

    private static final int SELECTORS = PortRange.MAX_PORT + 1;

    private final RuleTable table;
    private final StringBuilder text = new StringBuilder();

    private CompiledText(RuleTable table) {
        this.table = table;
    }

    /** Instances that answer alike stand together. */
    public static String of(Policy policy) {
        CompiledPolicy compiled = CompiledPolicy.of(policy);
        Map<String, List<Instance>> byAnswers = new LinkedHashMap<>();
        for (Instance instance : policy.instances().values()) {
            InstanceFilter filter = compiled.filterOf(instance);
            String answers = direction(filter, Direction.INGRESS) + direction(filter, Direction.EGRESS);
            byAnswers
                    .computeIfAbsent(instance.securityGroups() + observing(filter) + answers, same -> new ArrayList<>())
                    .add(instance);
        }
        return byAnswers.isEmpty()
                ? "no instances\n"
                : byAnswers.entrySet().stream()
                        .map(entry -> header(entry.getValue())
                                + observing(compiled.filterOf(entry.getValue().get(0)))
                                + entry.getKey().substring(entry.getKey().indexOf('\n')))
                        .collect(Collectors.joining("\n"));
    }

    private static String header(List<Instance> alike) {
        List<String> groups = alike.get(0).securityGroups();
        return alike.stream().map(CompiledText::name).collect(Collectors.joining(", ")) + ": "
                + (groups.isEmpty() ? "no groups" : String.join(", ", groups));
    }

    private static String observing(InstanceFilter filter) {
        return filter.observes() ? "; only observes" : "";
    }

    private static String name(Instance instance) {
        String addresses =
                instance.addresses().stream().map(IpAddress::toString).collect(Collectors.joining(" "));
        return instance.name() + " (" + (addresses.isEmpty() ? "no addresses" : addresses) + ")";
    }

    private static String direction(InstanceFilter filter, Direction direction) {
        var answers = new CompiledText(filter.table(direction));
        answers.protocols();
        return "\n  " + direction.rulesKey() + (answers.text.isEmpty() ? ": nothing" : "") + answers.text
                + (direction == Direction.EGRESS ? "\n" : "");
    }

    private void protocols() {
        var named = new TreeSet<>(table.rules().stream()
                .map(rule -> rule.protocol().number())
                .filter(number -> number >= 0)
                .toList());
        named.forEach(number -> services(new Protocol(number).toString(), number));
        int unnamed = IntStream.range(0, 256)
                .filter(number -> !named.contains(number))
                .findFirst()
                .orElseThrow();
        services(named.isEmpty() ? "all" : "the rest", unnamed);
    }

    private void services(String protocol, int number) {
        boolean icmp = new Protocol(number).hasIcmpTypes();
        var edges = List.copyOf(icmp ? icmpEdges(number) : edges(number));
        var services = new TreeMap<Integer, String>();
        String above = "";
        for (int edge : edges.subList(0, edges.size() - 1)) {
            String answers = answers(number, edge);
            if (icmp || !answers.equals(above)) {
                services.put(edge, answers);
            }
            above = answers;
        }
        services.forEach((first, answers) -> {
            Integer next = services.higherKey(first);
            var selectors = new PortRange(first, (next == null ? SELECTORS : next) - 1);
            String service =
                    protocol + (icmp ? icmp(selectors) : selectors.equals(PortRange.ALL) ? "" : " " + selectors);
            answers.lines().forEach(line -> text.append(String.format("\n    %-24s %s", service, line)));
        });
    }

    private SortedSet<Integer> edges(int protocol) {
        var edges = new TreeSet<>(List.of(0, SELECTORS));
        for (RuleTerms rule : table.rules()) {
            if (rule.protocol().matches(protocol)) {
                edges.add(rule.selectors().first());
                edges.add(rule.selectors().last() + 1);
            }
        }
        return edges;
    }

    /** An edge between two codes of a type cuts that type off from its neighbours: no interval is a bit of several. */
    private SortedSet<Integer> icmpEdges(int protocol) {
        var edges = new TreeSet<>(List.of(0, SELECTORS));
        for (RuleTerms rule : table.rules()) {
            if (rule.protocol().matches(protocol)) {
                edges.add(rule.selectors().first() & ~0xff);
                edges.add(rule.selectors().first());
                edges.add(rule.selectors().last() + 1);
                edges.add((rule.selectors().last() | 0xff) + 1);
            }
        }
        return edges;
    }

    private static String icmp(PortRange selectors) {
        if (selectors.equals(PortRange.ALL)) {
            return "";
        }
        var types = new PortRange(selectors.first() >> 8, selectors.last() >> 8);
        var codes = new PortRange(selectors.first() & 0xff, selectors.last() & 0xff);
        return " type " + types + (codes.first() == 0 && codes.last() == 0xff ? "" : " code " + codes);
    }

    /** A line for each rule that answers, in the order of the rules. */
    private String answers(int protocol, int selector) {
        Map<Integer, AddressSet.Builder> byRule = new TreeMap<>();
        for (Family family : Family.values()) {
            List<IpAddress> cells = List.copyOf(cells(family));
            for (int i = 0; i < cells.size(); i++) {
                IpAddress first = cells.get(i);
                IpAddress last = i + 1 < cells.size() ? cells.get(i + 1).previous() : IpAddress.highest(family);
                int rule = table.match(family, first.high(), first.low(), protocol, selector);
                if (rule != RuleTable.NO_RULE) {
                    byRule.computeIfAbsent(rule, none -> new AddressSet.Builder())
                            .add(new AddressRange(first, last));
                }
            }
        }
        var lines = new StringBuilder();
        byRule.forEach((rule, peers) -> {
            MatchedRule matched = table.rules().get(rule).rule();
            lines.append(String.format("%s %s  %s\n", matched.at(), matched.id(), peers(peers.build())));
        });
        return lines.toString();
    }

    private SortedSet<IpAddress> cells(Family family) {
        var cells = new TreeSet<>(List.of(IpAddress.lowest(family)));
        table.rules().stream()
                .flatMap(rule -> rule.peer().stream())
                .filter(range -> range.family() == family)
                .forEach(range -> {
                    cells.add(range.first());
                    if (!range.last().equals(IpAddress.highest(family))) {
                        cells.add(range.last().next());
                    }
                });
        return cells;
    }

    private static String peers(AddressSet peers) {
        return peers.equals(AddressSet.ALL)
                ? "any"
                : peers.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
    }
}
