package io.secgroupd.daemon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.secgroupd.rules.testkit.SimulatedSeeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens on a host in a day, what judges its packets is what its operators wrote last, and what was good before that
 * otherwise. A failure names its seed, which {@code -Dsimulation.seed=N} repeats, with {@code -Dsimulation.log=INFO} to see what
 * the daemon says; {@code -Dsimulation.seeds=N} tries more.
 */
class SimulationTest {

    /** A directory in memory: the simulation forces what it writes to the disk. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final long SEEDS = 100;

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
        assertThat(SimulatedSeeds.live("simulation.seeds", SEEDS, SimulationTest::live))
                .isPositive();
    }

    /** Else a seed would be of no use. */
    @Test
    void aDayIsRepeatedByItsSeed() throws IOException {
        assertThat(lastOf(SEEDS)).isNotEmpty().containsExactlyElementsOf(lastOf(SEEDS));
    }

    /** What happened last in the day of a seed. */
    private static Iterable<String> lastOf(long seed) throws IOException {
        Path directory = directory();
        try {
            var day = new HostDay(seed, directory);
            day.run();
            return day.history();
        } finally {
            remove(directory);
        }
    }

    /** Returns what went wrong, if anything did. */
    private static Optional<AssertionError> live(long seed) {
        Path directory = directory();
        Iterable<String> history = List.of();
        try {
            var day = new HostDay(seed, directory);
            history = day.history();
            day.run();
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError e) {
            return Optional.of(SimulatedSeeds.failure(seed, e, history));
        } finally {
            remove(directory);
        }
    }

    private static Path directory() {
        try {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "simulation")
                    : Files.createTempDirectory("simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
