package io.secgroupd.controlplane.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.server.FleetCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern METRIC = Pattern.compile("secgroupd_(?:control|fleet)_[a-z_]+");

    private static String scrape() {
        var metrics = new ServerMetrics(() -> 42, () -> new FleetCounts(9, 8, 3, 2, 1, true));
        metrics.answered(200, Duration.ofMillis(3));
        return new String(metrics.scrape(), UTF_8);
    }

    private static Set<String> served() {
        return scrape().lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(Path file) throws IOException {
        return METRIC.matcher(Files.readString(file))
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsKnownOfTheFleetIsServed() {
        assertThat(scrape().lines())
                .contains(
                        "secgroupd_control_revision 42.0",
                        "secgroupd_fleet_hosts 9.0",
                        "secgroupd_fleet_hosts_connected 8.0",
                        "secgroupd_fleet_hosts_behind 3.0",
                        "secgroupd_fleet_hosts_refused 2.0",
                        "secgroupd_fleet_hosts_met_fault 1.0",
                        "secgroupd_fleet_rollout_failed 1.0");
    }

    @Test
    void eachMetricIsInTheReferenceAndNoOther() throws IOException {
        assertThat(named(DOCS.resolve("reference/metrics.md"))).isEqualTo(served());
    }

    @Test
    void everyAlertHasMetricsThatExist() throws IOException {
        Set<String> asked = named(DOCS.resolve("monitoring/fleet-alerts.yaml"));

        assertThat(asked).hasSize(4);
        assertThat(served()).containsAll(asked);
    }
}
