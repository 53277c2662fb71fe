package io.secgroupd.daemon.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** Runs all suites with one seed after the other until the time is over, for {@code scripts/packet-fuzz}. */
public final class AttackRun {

    private static final int PACKETS = 20_000;
    private static final int REQUESTS = 3000;

    private interface Suite {
        void run(Path directory, long seed, int size);
    }

    private record NamedSuite(String name, int size, Suite suite) {
        void run(long seed) throws IOException {
            long begin = System.nanoTime();
            suite.run(Files.createTempDirectory("attack"), seed, size);
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            System.out.printf("seed %d: %,d %s: held, in %d s%n", seed, size, name, seconds);
        }
    }

    private static final List<NamedSuite> SUITES = List.of(
            new NamedSuite("odd packets", PACKETS, OddPacketsSuite::run),
            new NamedSuite("packets beside a live connection", PACKETS, ForgedPacketsSuite::run),
            new NamedSuite("requests to the admin socket", REQUESTS, HostileAdminSuite::run));

    private AttackRun() {}

    /**
     * Runs them.
     *
     * @param arguments the first seed, and for how many minutes to go on with the next ones
     */
    public static void main(String[] arguments) throws IOException {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        long seed = Long.parseLong(arguments[0]);
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.parseLong(arguments[1])).toNanos();
        do {
            for (NamedSuite suite : SUITES) {
                try {
                    suite.run(seed);
                } catch (AssertionError | RuntimeException failed) {
                    failed.printStackTrace();
                    System.out.printf(
                            "seed %d: %s: FAILED. To repeat it: scripts/packet-fuzz --seed %1$d 0%n",
                            seed, suite.name());
                    System.exit(1);
                }
            }
            seed++;
        } while (System.nanoTime() < end);
        System.exit(0);
    }
}
