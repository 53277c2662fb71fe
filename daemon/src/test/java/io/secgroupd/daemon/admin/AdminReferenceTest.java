package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ReferencePage;
import org.junit.jupiter.api.Test;

/** The pages about the admin interface and the metrics list what the daemon serves, all of it and nothing else. */
class AdminReferenceTest {

    @Test
    void everyPathIsListedWithItsMethod() {
        assertThat(ReferencePage.named("admin").rows())
                .map(row -> row.replaceAll(" \\| (GET|POST) .*", " $1"))
                .containsExactlyInAnyOrderElementsOf(AdminRoutes.PATHS.entrySet().stream()
                        .map(route -> route.getKey() + " " + route.getValue())
                        .toList());
    }

    @Test
    void everyMetricIsListedWithItsLabels() {
        var daemon = new FakeDaemon();
        daemon.shadow.judged = true;
        String exposition = new DaemonMetrics(daemon).scrape();
        assertThat(ReferencePage.named("metrics").words())
                .filteredOn(word -> !word.matches("secgroupd_(control|fleet)_.*")) // those of the control server
                .containsExactlyInAnyOrderElementsOf(exposition
                        .lines()
                        .filter(line -> line.startsWith("# TYPE secgroupd_"))
                        .map(line -> line.split(" ")[2])
                        .toList());
    }
}
