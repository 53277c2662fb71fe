package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in a fleet of fifty in a day, its hosts have what was published and nothing else, what harms is tried by few,
 * and once all is mended all have what was published last. A failure names its seed, which {@code -Dsimulation.seed=N} repeats; {@code
 * -Dsimulation.fleet.seeds=N} tries more.
 */
class FleetSimulationTest {

    private static final long SEEDS = 5;

    @Test
    void whateverHappensInAFleetInADayItsHostsComeToWhatWasPublished() {
        assertThat(SimulatedSeeds.live("simulation.fleet.seeds", SEEDS, FleetSimulationTest::live))
                .isPositive();
    }

    /** Else a seed would be of no use. */
    @Test
    void aDayIsRepeatedByItsSeed() throws IOException {
        var first = new FleetDay(SEEDS);
        var again = new FleetDay(SEEDS);

        first.run();
        again.run();

        assertThat(again.history()).isNotEmpty().containsExactlyElementsOf(first.history());
    }

    /** Returns what went wrong, if anything did. */
    private static Optional<AssertionError> live(long seed) {
        Iterable<String> history = List.of();
        try {
            var day = new FleetDay(seed);
            history = day.history();
            day.run();
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(SimulatedSeeds.failure(seed, e, history));
        }
    }
}
