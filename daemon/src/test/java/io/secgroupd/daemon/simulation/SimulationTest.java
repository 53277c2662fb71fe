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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whatever happens on a host in a day, what judges its packets is what its operators wrote last, and what was good before that
 * otherwise. A failure names its seed, which {@code -Dsimulation.seed=N} repeats; {@code -Dsimulation.seeds=N} tries more.
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
        long[] seeds = SimulatedSeeds.of(SEEDS);

        for (long seed : seeds) {
            live(seed);
        }
        assertThat(seeds).isNotEmpty();
    }

    private static void live(long seed) {
        Path directory = directory();
        Iterable<String> history = List.of();
        try {
            var day = new HostDay(seed, directory);
            history = day.history();
            day.run();
        } catch (IOException | RuntimeException | AssertionError e) {
            throw SimulatedSeeds.failure(seed, e, history);
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
