package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a change by an AWS client is answered. */
class FleetFollowerTest {

    @TempDir
    private Path directory;

    @Test
    void withoutHostsAChangeIsAnsweredAtOnce() throws Exception {
        try (var server = new FleetFixture(directory)) {
            Revision made = server.publish(FleetFixture.policy(1));

            assertThat(server.fleet.follower().follow(made.hash())).isEmpty();
        }
    }

    @Test
    void aChangeIsAnsweredWhenTheFirstHostHasIt() throws Exception {
        var gate = new CountDownLatch(1);
        try (var server = new FleetFixture(directory);
                var host = new FollowingHost(server.enrol("web1"), pointer -> {
                    if (pointer.serial() == 2) {
                        awaitQuietly(gate);
                    }
                    return Optional.empty();
                })) {
            await().atMost(Duration.ofSeconds(30)).until(() -> host.inForce() == 1);
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            Revision made = server.publish(FleetFixture.policy(1));
            CompletableFuture<Optional<String>> answer =
                    CompletableFuture.supplyAsync(() -> server.fleet.follower().follow(made.hash()));
            server.awaitRollout(rollout -> rollout.serial() == 2);

            assertThat(answer).isNotDone();
            gate.countDown();
            assertThat(answer.get()).isEmpty();
            assertThat(server.desk.status().hosts()).allMatch(state -> state.inForce() == 2);
        }
    }

    @Test
    void aChangeThatTheFirstHostRefusesIsRefused() throws Exception {
        try (var server = new FleetFixture(directory);
                var host = new FollowingHost(
                        server.enrol("web1"),
                        pointer -> pointer.serial() == 2 ? Optional.of("its test fails") : Optional.empty())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> host.inForce() == 1);
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            Revision made = server.publish(FleetFixture.policy(1));

            assertThat(server.fleet.follower().follow(made.hash()))
                    .contains("web1 has refused revision 2: its test fails");
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
