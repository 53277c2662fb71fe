package io.secgroupd.controlplane.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens in a fleet of fifty in a day, its hosts have what was published and nothing else, what harms is tried by few,
 * and once all is mended all have what was published last.
 */
class FleetSimulationTest {

    private static final long SEEDS = 5;

    @Test
    void whateverHappensInAFleetInADayItsHostsComeToWhatWasPublished() {
        long[] seeds = SimulatedSeeds.of(SEEDS);

        for (long seed : seeds) {
            live(seed);
        }
        assertThat(seeds).isNotEmpty();
    }

    private static void live(long seed) {
        Iterable<String> history = List.of();
        try {
            var day = new FleetDay(seed);
            history = day.history();
            day.run();
        } catch (IOException | RuntimeException | AssertionError e) {
            throw SimulatedSeeds.failure(seed, e, history);
        }
    }
}
