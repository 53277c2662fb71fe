package io.secgroupd.rules.compile;

import io.secgroupd.rules.compile.PeerClasses.Classes;
import io.secgroupd.rules.decide.SelectorTables;
import io.secgroupd.rules.decide.ServiceTable;
import io.secgroupd.rules.decide.ServiceTable.Layer;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles the rules of one protocol to a {@link ServiceTable}.
 *
 * <p>An address belongs to a class: the peers that hold it. Each class has a table of the selectors of those peers' rules.
 * Where the peers overlap much, there are many classes with many rules each, up to the square of the number of rules.
 * Since it is wide and narrow peers that overlap, they are then put into separate layers, and a lookup asks each layer.
 * So a thousand rules for {@code any} are not copied into the classes of ten thousand lists.
 */
final class ServiceTableCompiler {

    /** Selector intervals for each range of addresses: at 4 bytes an interval, about as much memory again as the ranges. */
    private static final int INTERVALS_A_RANGE = 2;

    private static final int ALWAYS = 1 << 15;

    private final PeerClassCache factory;
    private final Map<PeerSet, List<Candidate>> rulesOf = new LinkedHashMap<>();
    private final List<Layer> layers = new ArrayList<>();

    private ServiceTableCompiler(PeerClassCache factory) {
        this.factory = factory;
    }

    /** @param candidates in rule order */
    static ServiceTable compile(PeerClassCache factory, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return ServiceTable.EMPTY;
        }
        var compiler = new ServiceTableCompiler(factory);
        for (Candidate candidate : candidates) {
            compiler.rulesOf
                    .computeIfAbsent(candidate.peers(), unused -> new ArrayList<>())
                    .add(candidate);
        }
        compiler.place(List.copyOf(compiler.rulesOf.keySet()));
        return new ServiceTable(compiler.layers);
    }

    /** Makes these peers one layer, or several when one would be too large. */
    private void place(List<PeerSet> peers) {
        Optional<Classes> classes = factory.classesOf(peers);
        if (classes.isPresent() && (peers.size() == 1 || isSmall(classes.get(), peers))) {
            layers.add(layer(classes.get(), peers));
            return;
        }
        double widest = peers.stream().mapToDouble(PeerSet::breadth).max().orElseThrow();
        double narrowest = peers.stream().mapToDouble(PeerSet::breadth).min().orElseThrow();
        double middle = (widest + narrowest) / 2;
        if (widest == narrowest) {
            place(peers.subList(0, peers.size() / 2));
            place(peers.subList(peers.size() / 2, peers.size()));
        } else {
            place(peers.stream().filter(peer -> peer.breadth() > middle).toList());
            place(peers.stream().filter(peer -> peer.breadth() <= middle).toList());
        }
    }

    private boolean isSmall(Classes classes, List<PeerSet> peers) {
        long intervals = classes.members().stream()
                .flatMapToInt(Arrays::stream)
                .mapToLong(peer -> 2L * rules(peers.get(peer)).size())
                .sum();
        return intervals <= (long) INTERVALS_A_RANGE * classes.ranges().size() + ALWAYS;
    }

    private Layer layer(Classes classes, List<PeerSet> peers) {
        var selectors = new SelectorTables.Builder();
        for (int[] members : classes.members()) {
            SelectorSweep.append(
                    Arrays.stream(members).mapToObj(peers::get).flatMap(peer -> rules(peer).stream()), selectors);
        }
        return new Layer(classes.ranges(), selectors.build());
    }

    private List<Candidate> rules(PeerSet peers) {
        return rulesOf.getOrDefault(peers, List.of());
    }

    /**
     * A rule as the tables need it.
     *
     * @param rule      its index in the rule table: the lowest that matches is the one named
     * @param selectors ports, or ICMP type and code
     */
    record Candidate(int rule, PortRange selectors, PeerSet peers) {}
}
