package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.feed.ServerFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that gets the revision that it has with other registered addresses. */
class EditionTest {

    private static final String POLICY = "version: 1\n";

    @TempDir
    private Path directory;

    private FakeServer server;
    private FleetHost host;

    @BeforeEach
    void setUp() throws IOException {
        server = new FakeServer();
        host = new FleetHost(directory, server.token.text());
    }

    @AfterEach
    void tearDown() {
        host.close();
        server.close();
    }

    private String rules() throws IOException {
        return Files.readString(host.rules);
    }

    private static Map<String, String> policy(String comment) {
        return Map.of("rules.yaml", POLICY + "# " + comment + "\n");
    }

    private HostReport follow(long edition, String comment) throws InterruptedException {
        server.publish(5, edition, policy(comment));
        HostReport report = server.report();
        while (report.edition() != edition) {
            report = server.report();
        }
        return report;
    }

    @Test
    void aNewerEditionOfTheRevisionIsTakenAndTold() throws Exception {
        host.start(server);
        assertThat(follow(0, "plain").result()).isEqualTo(Result.IN_FORCE);
        HostReport joined = follow(1, "web-1 is there");

        assertThat(joined.result()).isEqualTo(Result.IN_FORCE);
        assertThat(joined.serial()).isEqualTo(5);
        assertThat(rules()).contains("# web-1 is there");
    }

    @Test
    void whichEditionItHasIsKnownAfterAStart() throws Exception {
        host.start(server);
        follow(2, "web-1 is there");
        host.start(server);

        HostReport standing = server.report();
        assertThat(standing.serial()).isEqualTo(5);
        assertThat(standing.edition()).isEqualTo(2);
    }

    @Test
    void anEarlierEditionIsNotTaken() throws Exception {
        host.start(server);
        follow(2, "web-1 is there");
        try (var behind = new FakeServer(server.token)) {
            behind.publish(5, 1, policy("nobody is there"));
            host.start(host.settings(List.of(behind.address(), server.address()), List.of()), step -> {});

            assertThat(server.fault())
                    .isEqualTo(new ServerFault(behind.address().toString(), "named edition 1 of serial 5 after 2"));
        }
        assertThat(rules()).contains("# web-1 is there");
    }

    @Test
    void whoRefusesAnEditionKeepsTheOneThatItHas() throws Exception {
        host.start(server);
        follow(0, "plain");
        server.publish(5, 1, Map.of("rules.yaml", "version: 2\n"));
        HostReport refused = server.report();
        while (refused.result() != Result.REFUSED) {
            refused = server.report();
        }

        assertThat(refused.serial()).isEqualTo(5);
        assertThat(refused.edition()).isEqualTo(1);
        assertThat(rules()).contains("# plain");
        assertThat(follow(2, "plain again").result()).isEqualTo(Result.IN_FORCE);
    }

    @Test
    void aManifestOfAnotherEditionThanThePointerSaysIsRefused() throws Exception {
        host.start(server);
        Manifest plain = server.publish(5, 0, policy("plain"));
        assertThat(server.report(5).result()).isEqualTo(Result.IN_FORCE);
        server.point(new Pointer(5, 1, plain.hash(), Optional.empty(), "t"));

        await().untilAsserted(() ->
                assertThat(server.report(5).problem()).isEqualTo("The manifest is that of the edition 0."));
    }

    /** Else a revision that refuses what it should not could hide behind a host that joins. */
    @Test
    void theFirstMinuteIsThatOfTheRevisionAndGoesOnOverItsEditions() throws Exception {
        host.start(server);
        server.publish(5, 0, policy("plain"));
        server.report(5);
        host.daemon.refusePackets(3);
        server.publish(5, 1, policy("web-1 is there"));

        List<HostReport> both =
                List.of(server.report(5), server.report(5)); // in either order, by how fast the machine is
        assertThat(both)
                .filteredOn(report -> report.edition() == 0)
                .singleElement()
                .satisfies(minute -> assertThat(minute.refusedAfter()).hasValue(3));
        assertThat(both)
                .filteredOn(report -> report.edition() == 1)
                .singleElement()
                .satisfies(edition -> {
                    assertThat(edition.refusedBefore()).isEmpty();
                    assertThat(edition.refusedAfter()).isEmpty();
                });
    }
}
