package io.secgroupd.daemon.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.testkit.Seeds;
import io.secgroupd.rules.written.BothReaders;
import io.secgroupd.rules.written.Places;
import io.secgroupd.rules.written.RandomRulesFile;
import io.secgroupd.rules.written.WrittenHost;
import io.secgroupd.rules.written.WrittenPolicy;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Traffic that was recorded, and what is like it, under random policies about its own addresses and ports, before two judges. */
class RecordedTrafficTest {

    private static final int POLICIES = 50;

    private static final int LIKE_THEM = 3000;

    private final List<FlowTuple> recorded = RecordedTraffic.flows(0);
    private final List<FlowTuple> flows = RecordedTraffic.flows(LIKE_THEM);

    RecordedTrafficTest() throws Exception {}

    @Test
    void passesAHostWhereEachOfItsInstancesLetsItPass() {
        var passed = new long[2];
        Seeds.each(POLICIES, seed -> {
            var random = new Random(seed);
            String text = RandomRulesFile.of(random, places(), 1 + random.nextInt(6), random.nextBoolean());
            CompiledPolicy compiled = BothReaders.compiled(text);
            WrittenPolicy written = BothReaders.written(text);
            WrittenHost host = BothReaders.host(
                    random,
                    written,
                    List.copyOf(compiled.policy().instances().keySet()),
                    RecordedTraffic.ends(recorded));
            var filter = BothReaders.filter(compiled, host);
            for (FlowTuple flow : flows) {
                for (Hook hook : Hook.values()) {
                    Decision decision = filter.judge(hook, flow);
                    if (decision.passes() != host.passes(hook, flow)) { // a description of each would take longer
                        fail("the second judge differs on %s %s: %s under%n%s", hook, flow, decision, text);
                    }
                    passed[decision.passes() ? 1 : 0]++;
                }
            }
        });
        assertThat(recorded).hasSizeGreaterThan(10);
        assertThat(flows).hasSizeGreaterThan(300);
        assertThat(passed).as("refused and passed").doesNotContain(0);
    }

    private Places places() {
        return Places.around(RecordedTraffic.ends(recorded), RecordedTraffic.ports(recorded));
    }
}
