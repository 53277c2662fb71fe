package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens on a host that follows a fleet, it judges by what somebody has made, never by half of it, nor by what came
 * before that which it follows; no edit by hand is lost; and once nothing is in the way, it has what was published last. A
 * failure names its seed, which {@code -Dsimulation.seed=N} repeats; {@code -Dsimulation.pull.seeds=N} tries more or fewer.
 */
class PullSimulationTest {

    private static final long SEEDS = 170;
    private static final long REPEATED = 100;

    @Test
    void whateverHappensOnAHostThatFollowsItComesToWhatWasPublished() {
        assertThat(SimulatedSeeds.live(PullSimulationTest.class, "simulation.pull.seeds", SEEDS, PullDay::new))
                .isPositive();
    }

    /** Else a seed would be of no use. */
    @Test
    void aDayIsRepeatedByItsSeed() throws IOException {
        assertThat(lastOf(REPEATED)).isNotEmpty().containsExactlyElementsOf(lastOf(REPEATED));
    }

    private static Iterable<String> lastOf(long seed) throws IOException {
        try (var day = new PullDay(seed)) {
            day.run();
            return day.history();
        }
    }
}
