package io.secgroupd.rules.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.compile.ServiceTableCompiler.Candidate;
import io.secgroupd.rules.decide.RuleTable;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables of rules with few addresses, with many, and with both: one layer, and several. */
class ServiceTableCompilerTest {

    private static final int ADDRESSES = 4096;

    @Property(tries = 150)
    void namesTheFirstRuleThatMatches(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int rules,
            @ForAll @IntRange(min = 1, max = 200) int longest) {
        var random = new Random(seed);
        List<PeerSet> peers =
                IntStream.range(0, 8).mapToObj(i -> peers(random, longest)).toList();
        List<Candidate> candidates = IntStream.range(0, rules)
                .mapToObj(rule -> new Candidate(rule, selectors(random), peers.get(random.nextInt(8))))
                .toList();
        assertNamesTheFirst(random, candidates);
    }

    /** In one layer, each narrow peer and each gap between two of them would have a table with the rules of all wide ones. */
    @ParameterizedTest(name = "{0} wide peers of {1} rules each over {2} narrow ones: {3} ranges")
    @CsvSource({
        "200, 1, 400, 401", // the classes would be too large
        "20, 100, 400, 401", // their tables would be
        "128, 130, 0, 2", // nothing tells these peers apart, so each half has a range
        "0, 0, 400, 400",
        "20, 1, 20, 40" // few enough for one layer
    })
    void manyWidePeersAreLookedUpApartFromNarrowOnes(int wide, int rulesOfWide, int narrow, int ranges) {
        var random = new Random(wide);
        List<PeerSet> peers = new ArrayList<>();
        for (int i = 0; i < wide; i++) {
            peers.addAll(Collections.nCopies(rulesOfWide, peers(0, ADDRESSES - 1)));
        }
        IntStream.range(0, narrow).forEach(i -> peers.add(peers(10 * i, 10 * i)));
        Collections.shuffle(peers, random);
        List<Candidate> candidates = IntStream.range(0, peers.size())
                .mapToObj(rule -> new Candidate(rule, selectors(random), peers.get(rule)))
                .toList();

        RuleTable table = assertNamesTheFirst(random, candidates);

        assertThat(table.ranges()).isEqualTo(ranges);
    }

    private static RuleTable assertNamesTheFirst(Random random, List<Candidate> candidates) {
        RuleTable table = new RuleTable(
                Collections.nCopies(256, ServiceTableCompiler.compile(new PeerClassCache(), candidates)), List.of());
        for (int i = 0; i < 2000; i++) {
            int low = random.nextInt(ADDRESSES);
            int selector = edge(
                    random, candidates.get(random.nextInt(candidates.size())).selectors());
            int matched = table.match(Family.IPV4, 0, low, 6, selector);
            assertThat(matched).isEqualTo(first(candidates, IpAddress.ipv4(low), selector));
        }
        return table;
    }

    private static int first(List<Candidate> candidates, IpAddress address, int selector) {
        for (Candidate candidate : candidates) {
            PortRange selectors = candidate.selectors();
            if (selectors.first() <= selector
                    && selector <= selectors.last()
                    && candidate.peers().addresses().contains(address)) {
                return candidate.rule();
            }
        }
        return RuleTable.NO_RULE;
    }

    private static PeerSet peers(int first, int last) {
        return new PeerSet(AddressSet.of(List.of(new AddressRange(IpAddress.ipv4(first), IpAddress.ipv4(last)))));
    }

    private static PeerSet peers(Random random, int longest) {
        var ranges = new ArrayList<AddressRange>();
        for (int n = random.nextInt(longest + 1); n >= 0; n--) {
            int first = random.nextInt(ADDRESSES);
            ranges.add(new AddressRange(IpAddress.ipv4(first), IpAddress.ipv4(first + random.nextInt(16))));
        }
        return new PeerSet(AddressSet.of(ranges));
    }

    private static PortRange selectors(Random random) {
        int first = random.nextInt(PortRange.MAX_PORT + 1);
        return switch (random.nextInt(5)) {
            case 0 -> PortRange.ALL;
            case 1 -> PortRange.of(random.nextBoolean() ? 0 : PortRange.MAX_PORT);
            case 2 -> PortRange.of(first);
            default -> new PortRange(first, first + random.nextInt(PortRange.MAX_PORT + 1 - first));
        };
    }

    private static int edge(Random random, PortRange selectors) {
        int edge = (random.nextBoolean() ? selectors.first() : selectors.last()) + random.nextInt(3) - 1;
        return Math.max(0, Math.min(PortRange.MAX_PORT, edge));
    }
}
