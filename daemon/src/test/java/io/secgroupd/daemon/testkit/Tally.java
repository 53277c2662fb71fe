package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was counted since this was made: the daemon's decisions, the packets that the skeleton dropped in the kernel, and
 * what the host's own stack did.
 */
public final class Tally {

    private static final Pattern DECISIONS = Pattern.compile(
            "secgroupd_decisions_total\\{direction=\"(.*?)\",reason=\"(.*?)\",verdict=\"(.*?)\"} (\\d+)");
    private static final Pattern INVALID =
            Pattern.compile("\\[(\\d+):\\d+] -A SECGROUPD-\\S+ .*--ctstate INVALID -j DROP");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final NetworkNamespace host;
    private final RunningDaemon daemon;
    private final Map<String, Long> decisionsBefore;
    private final long invalidBefore;
    private final Map<String, Long> stackBefore;

    private Tally(NetworkNamespace host, RunningDaemon daemon) {
        this.host = host;
        this.daemon = daemon;
        this.decisionsBefore = allDecisions();
        this.invalidBefore = allInvalid();
        this.stackBefore = stackCounters();
    }

    public static Tally of(NetworkNamespace host, RunningDaemon daemon) {
        return new Tally(host, daemon);
    }

    /**
     * Waits until as many decisions were made as these say, and asserts that they are these.
     *
     * @param expected such as {@code ingress ACCEPT rule 2}
     */
    public void assertDecisions(String... expected) {
        long total = 0;
        Map<String, Long> wanted = new TreeMap<>();
        for (String line : expected) {
            int last = line.lastIndexOf(' ');
            long count = Long.parseLong(line.substring(last + 1));
            wanted.put(line.substring(0, last), count);
            total += count;
        }
        long atLeast = total;
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            Map<String, Long> now = decisions();
            if (sum(now) < atLeast) {
                assertThat(now).isEqualTo(wanted);
            }
        });
        assertThat(decisions()).isEqualTo(wanted);
    }

    /** Decisions by {@code direction verdict reason}; none that is 0. */
    public Map<String, Long> decisions() {
        return difference(decisionsBefore, allDecisions());
    }

    /** Waits until the kernel has dropped this many packets as belonging to no connection, and asserts that it is no more. */
    public void assertInvalid(long expected) {
        await().atMost(PATIENCE).until(() -> allInvalid() - invalidBefore >= expected);
        assertThat(allInvalid() - invalidBefore).as("dropped as INVALID").isEqualTo(expected);
    }

    /** A counter of the host's own stack, such as {@code Tcp OutRsts} or {@code Ip6ReasmFails}. */
    public long stack(String counter) {
        return difference(stackBefore, stackCounters()).getOrDefault(counter, 0L);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>();
        after.forEach((name, count) -> {
            long more = count - before.getOrDefault(name, 0L);
            if (more != 0) {
                difference.put(name, more);
            }
        });
        return difference;
    }

    private Map<String, Long> allDecisions() {
        Map<String, Long> decisions = new TreeMap<>();
        Matcher line = DECISIONS.matcher(daemon.metrics());
        while (line.find()) {
            decisions.put(line.group(1) + " " + line.group(3) + " " + line.group(2), Long.parseLong(line.group(4)));
        }
        return decisions;
    }

    private long allInvalid() {
        String saved = host.run("sh", "-c", "iptables-save -c -t mangle; ip6tables-save -c -t mangle");
        return INVALID.matcher(saved)
                .results()
                .mapToLong(rule -> Long.parseLong(rule.group(1)))
                .sum();
    }

    private Map<String, Long> stackCounters() {
        Map<String, Long> counters = new TreeMap<>();
        String[] names = {};
        for (String line : (read("snmp") + read("netstat")).lines().toList()) {
            String[] words = line.split(" ");
            if (!words[1].matches("-?\\d+")) {
                names = words;
                continue;
            }
            for (int i = 1; i < words.length; i++) {
                counters.put(words[0].replace(":", " ") + names[i], Long.parseLong(words[i]));
            }
        }
        read("snmp6")
                .lines()
                .map(line -> line.split("\\s+"))
                .forEach(words -> counters.put(words[0], Long.parseLong(words[1])));
        return counters;
    }

    private String read(String file) {
        return host.call(() -> {
            try {
                return Files.readString(Path.of("/proc/thread-self/net", file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
