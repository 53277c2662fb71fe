package io.secgroupd.daemon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens on a host in a day, what judges its packets is what its operators wrote last, and what was good before that
 * otherwise. A failure names its seed, which {@code -Dsimulation.seed=N} repeats, with {@code -Dsimulation.log=INFO} to see what
 * the daemon says; {@code -Dsimulation.seeds=N} tries more or fewer.
 */
class SimulationTest {

    private static final long SEEDS = 800;
    private static final long REPEATED = 100;

    private final Logger log = (Logger) LoggerFactory.getLogger("io.secgroupd");
    private final Level level = log.getEffectiveLevel();

    @BeforeEach
    void logNothingOfTheDays() {
        log.setLevel(Level.toLevel(System.getProperty("simulation.log"), Level.OFF));
    }

    @AfterEach
    void logAgain() {
        log.setLevel(level);
    }

    @Test
    void whateverHappensOnAHostInADayItsOperatorsWordsAreInForce() {
        assertThat(SimulatedSeeds.live(SimulationTest.class, "simulation.seeds", SEEDS, HostDay::new))
                .isPositive();
    }

    /** Else a seed would be of no use. */
    @Test
    void aDayIsRepeatedByItsSeed() throws IOException {
        assertThat(lastOf(REPEATED)).isNotEmpty().containsExactlyElementsOf(lastOf(REPEATED));
    }

    private static Iterable<String> lastOf(long seed) throws IOException {
        try (var day = new HostDay(seed)) {
            day.run();
            return day.history();
        }
    }
}
