package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.ServerFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control server may know less than another one, and somebody in between may tell again what one has said before. */
class OlderRevisionTest {

    private static final String POLICY = "version: 1\n";

    @TempDir
    private Path directory;

    @Test
    void theNextServerIsAskedWhenOneNamesAnOlderRevision() throws Exception {
        try (var behind = new FakeServer();
                var newest = new FakeServer(behind.token);
                var host = new FleetHost(directory, behind.token.text())) {
            behind.publish(4, Map.of("rules.yaml", POLICY + "# four\n"));
            newest.publish(5, Map.of("rules.yaml", POLICY + "# five\n"));
            host.start(newest);
            assertThat(newest.report().serial()).isEqualTo(5);

            host.start(host.settings(List.of(behind.address(), newest.address()), List.of()), step -> {});
            newest.publish(6, Map.of("rules.yaml", POLICY + "# six\n"));

            await().until(() -> newest.reports.stream().anyMatch(report -> report.serial() == 6));
            assertThat(behind.pollers).isNotEmpty();
            assertThat(newest.fault())
                    .isEqualTo(new ServerFault(behind.address().toString(), "named serial 4 after 5"));
            assertThat(behind.faults).isEmpty();
            assertThat(host.files()).containsEntry("rules.yaml", POLICY + "# six\n");
        }
    }
}
