package io.secgroupd.controlplane.fleet.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.rules.net.IpAddress;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that report their addresses to a control server over HTTP. */
class MembersTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void writePolicy() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), MembershipFixture.RULES);
        Files.writeString(directory.resolve("registered.yaml"), "version: 1\n");
    }

    private static List<IpAddress> addresses(FleetFixture server, String instance) throws IOException {
        return Objects.requireNonNull(server.store
                        .current()
                        .read()
                        .policy()
                        .orElseThrow()
                        .instances()
                        .get(instance))
                .addresses();
    }

    private static void awaitAddresses(FleetFixture server, String instance, String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(addresses(server, instance)).hasToString(expected));
    }

    @Test
    void aHostThatJoinsIsSeenByAll() throws Exception {
        try (var server = new FleetFixture(directory);
                var one = FollowingHost.taking(server.enrol("web1", List.of("web-1")));
                var other = FollowingHost.taking(server.enrol("db1"))) {
            await().atMost(Duration.ofSeconds(30)).until(() -> one.inForce() == 1 && other.inForce() == 1);
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);

            assertThat(one.feed().addresses("10.0.0.7").statusCode()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(30)).until(() -> one.inForce() == 2 && other.inForce() == 2);
            awaitAddresses(server, "web-1", "[10.0.0.7]");
            assertThat(server.desk.history(1))
                    .singleElement()
                    .satisfies(
                            told -> assertThat(told.entry().origin().reason()).isEqualTo("web-1 joins with 10.0.0.7"));
            server.awaitRollout(rollout -> rollout.serial() == 2 && rollout.stage() == Stage.DONE);
        }
    }

    @Test
    void whatIsOfAnotherIsRefusedWithASentenceAndTheRestCounts() throws Exception {
        try (var server = new FleetFixture(directory);
                var web1 = FollowingHost.taking(server.enrol("web1", List.of("web-1")));
                var web2 = FollowingHost.taking(server.enrol("web2", List.of("web-2")))) {
            FeedHost one = web1.feed();
            FeedHost other = web2.feed();
            assertThat(one.addresses("10.0.0.7").statusCode()).isEqualTo(200);
            awaitAddresses(server, "web-1", "[10.0.0.7]");

            HttpResponse<String> answer = other.addresses("10.0.0.7", "10.0.0.8", "10.0.0.9");

            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"10.0.0.7 is an address of web-1, and not given to web-2."
                            + " 10.0.0.9 is an address of db-1, and not given to web-2.\"}");
            awaitAddresses(server, "web-2", "[10.0.0.8]");
            awaitAddresses(server, "web-1", "[10.0.0.7]");
            assertThat(other.addresses("10.0.0.7", "10.0.0.8", "10.0.0.9").statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void onlyAReportOfAHostIsTakenIn() throws Exception {
        try (var server = new FleetFixture(directory);
                var db1 = FollowingHost.taking(server.enrol("db1"));
                var web1 = FollowingHost.taking(server.enrol("web1", List.of("web-1")))) {
            FeedHost stranger = db1.feed();
            assertThat(stranger.addresses("10.0.0.7").statusCode()).isEqualTo(200);
            assertThat(stranger.addresses("10.0.0.0/8").statusCode()).isEqualTo(400);

            FeedHost one = web1.feed();
            assertThat(one.addresses("10.0.0.7").statusCode()).isEqualTo(200);
            awaitAddresses(server, "web-1", "[10.0.0.7]");
            assertThat(server.desk.dismiss("web1")).isTrue();
            awaitAddresses(server, "web-1", "[]");
            await().until(() -> one.addresses("10.0.0.7").statusCode() == 401);
            await().until(() ->
                    server.store.records().get("fleet/addresses/web1").isEmpty());
        }
    }

    @Test
    void whoRollsBackKeepsTheHostsThatAreThere() throws Exception {
        try (var server = new FleetFixture(directory);
                var web1 = FollowingHost.taking(server.enrol("web1", List.of("web-1")))) {
            FeedHost one = web1.feed();
            assertThat(one.addresses("10.0.0.7").statusCode()).isEqualTo(200);
            awaitAddresses(server, "web-1", "[10.0.0.7]");
            server.awaitRollout(rollout -> rollout.serial() == 2 && rollout.stage() == Stage.DONE);
            server.publish(MembershipFixture.RULES + "# another\n");

            var origin = new Origin("ann", "back", Clock.systemUTC().instant());
            long made = server.desk.rollBack(Optional.of(1L), origin, Optional.empty());

            String registered = new String(
                    server.desk
                            .files(made)
                            .orElseThrow()
                            .content(directory.resolve("registered.yaml"))
                            .orElseThrow(),
                    UTF_8);
            assertThat(registered).isEqualTo("version: 1\nregistered:\n  web-1: [10.0.0.7]\n");
        }
    }
}
