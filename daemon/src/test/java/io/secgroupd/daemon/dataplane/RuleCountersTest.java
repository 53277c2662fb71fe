package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.nfqueue.QueuedPacket;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.decide.RuleTerms;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hits of rules through the packet loop, over changes of the policy and starts of the daemon. */
class RuleCountersTest {

    private long now = 1000;
    private final RuleCounters counters = new RuleCounters(List.of(), () -> now);
    private final LoopHarness loop = new LoopHarness();

    @Test
    void countsWhatEachRuleDecides() {
        putInForce(Filters.app(), 1);

        receive(443, 443, 22);
        loop.queue.packet(QueuedPacket.LOCAL_OUT, PacketBuilder.tcp("10.0.1.10", "10.0.2.10", 3306, "S"));
        loop.serve();

        assertThat(hitsOf("tcp 443 from any")).isEqualTo(2);
        assertThat(hitsOf("tcp 3306 to sg-db (10.0.2.10)")).isEqualTo(1);
    }

    @Test
    void countsEachRuleWhenSeveralTakeTurnsInABurst() {
        putInForce(Filters.app(), 1);
        byte[] toDatabase = PacketBuilder.tcp("10.0.1.10", "10.0.2.10", 3306, "S");

        receive(443, 443, 22, 443);
        for (int turn = 0; turn < 2; turn++) {
            loop.queue.packet(QueuedPacket.LOCAL_OUT, toDatabase).packet(QueuedPacket.LOCAL_OUT, toDatabase);
            receive(443);
        }

        assertThat(hitsOf("tcp 443 from any")).isEqualTo(5);
        assertThat(hitsOf("tcp 3306 to sg-db (10.0.2.10)")).isEqualTo(4);
    }

    @Test
    void ruleThatAnEditTookOutAndBroughtBackGoesOnWhereItWas() {
        putInForce(Filters.app(), 1);
        receive(443);
        putInForce(Filters.nothingAllowed(), 2);
        receive(443);
        now = 2000;
        putInForce(Filters.app(), 3);
        receive(443);

        assertThat(hitsOf("tcp 443 from any")).isEqualTo(2);
        assertThat(counter("tcp 443 from any").since()).isEqualTo(1000);
    }

    /** One by one, 65,536 ids of one hash would be compared for minutes; the time is no measure of a machine. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void idsOfOneHashAreFoundAsFastAsOthers() {
        List<RuleCounter> stored = IntStream.range(0, 1 << 16)
                .mapToObj(number -> IntStream.range(0, 16)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .map(name -> new RuleCounter("sg-a", "sgr-" + name, 1, 2, 3, 4))
                .toList();

        assertThat(new RuleCounters(stored, () -> now).all()).hasSameSizeAs(stored);
    }

    @Test
    void goesOnFromWhatAnEarlierStartStored() {
        MatchedRule https = rule("tcp 443 from any");
        var stored = new RuleCounter(https.group(), https.id(), 100, 41, 200, 300);
        var resumed = new RuleCounters(List.of(stored), () -> now);
        loop.policy.replace(new PolicyInForce(Filters.app(), 1, resumed.of(Filters.app())));

        receive(443);

        RuleCounter counter = resumed.counter(https);
        assertThat(counter.hits()).isEqualTo(42);
        assertThat(counter.since()).isEqualTo(100);
        assertThat(counter.first()).isEqualTo(200);
        assertThat(counter.last()).isGreaterThan(300);
    }

    @Test
    void aRuleThatWasNeverInForceHasNoHits() {
        now = 3000;

        assertThat(counter("tcp 443 from any").hits()).isZero();
        assertThat(counter("tcp 443 from any").since()).isEqualTo(3000);
        assertThat(counters.all()).as("asking makes none").isEmpty();
    }

    @Test
    void firstAndLastHitAreTimes() {
        var counter = new RuleCounter("sg-app", "sgr-1", 1, 0, 0, 0);

        counter.hit(1, 500);
        counter.hit(1, 700);

        assertThat(counter.first()).isEqualTo(500);
        assertThat(counter.last()).isEqualTo(700);
    }

    @Test
    void forgetsTheRulesThatHaveBeenOutOfForceLongest() {
        List<RuleCounter> retired = IntStream.range(0, RuleCounters.RETIRED_KEPT + 5)
                .mapToObj(i -> new RuleCounter("sg-old", "sgr-" + i, 1, 1, 1, 1))
                .toList();
        var full = new RuleCounters(retired, () -> now);

        full.of(Filters.app());

        assertThat(full.all())
                .hasSize(RuleCounters.RETIRED_KEPT + Filters.app().rules().size())
                .noneMatch(counter -> counter.rule().equals("sgr-4"))
                .anyMatch(counter -> counter.rule().equals("sgr-5"));
    }

    private void putInForce(PacketFilter filter, int generation) {
        loop.policy.replace(new PolicyInForce(filter, generation, counters.of(filter)));
    }

    private void receive(int... ports) {
        for (int port : ports) {
            loop.queue.packet(QueuedPacket.LOCAL_IN, PacketBuilder.tcp("198.51.100.7", "10.0.1.10", port, "S"));
        }
        loop.serve();
    }

    private long hitsOf(String terms) {
        return counter(terms).hits();
    }

    private RuleCounter counter(String terms) {
        return counters.counter(rule(terms));
    }

    private static MatchedRule rule(String terms) {
        return Filters.app().rules().stream()
                .filter(rule -> rule.text().equals(terms))
                .map(RuleTerms::rule)
                .findFirst()
                .orElseThrow();
    }
}
