package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in a fleet of fifty in a day, its hosts have what was published and nothing else, what harms is tried by few,
 * what was acknowledged is stored, and once all is mended all have what was published last. A failure names its seed, which
 * {@code -Dsimulation.seed=N} repeats; {@code -Dsimulation.fleet.seeds=N} tries more or fewer.
 */
class FleetSimulationTest {

    private static final long SEEDS = 30;
    private static final long REPEATED = 100;

    @Test
    void whateverHappensInAFleetInADayItsHostsComeToWhatWasPublished() {
        assertThat(SimulatedSeeds.live(FleetSimulationTest.class, "simulation.fleet.seeds", SEEDS, FleetDay::new))
                .isPositive();
    }

    /** Else a seed would be of no use. */
    @Test
    void aDayIsRepeatedByItsSeed() throws IOException {
        var first = new FleetDay(REPEATED);
        var again = new FleetDay(REPEATED);

        first.run();
        again.run();

        assertThat(again.history()).isNotEmpty().containsExactlyElementsOf(first.history());
    }
}
