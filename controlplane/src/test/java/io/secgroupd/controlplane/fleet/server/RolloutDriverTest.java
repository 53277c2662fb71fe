package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.HostState;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.HistoryEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutDriverTest {

    @TempDir
    private Path directory;

    private final List<FollowingHost> hosts = new ArrayList<>();

    @AfterEach
    void endHosts() {
        for (FollowingHost host : hosts) {
            host.close();
        }
    }

    private void follow(FleetFixture server, int number, Function<Pointer, Optional<String>> problem)
            throws IOException {
        var feeds = new ArrayList<FeedHost>();
        for (int i = 1; i <= number; i++) {
            feeds.add(server.enrol("web" + i));
        }
        server.awaitRollout(rollout -> rollout.stage() == Stage.DONE); // nobody is there to be waited for
        feeds.forEach(feed -> hosts.add(new FollowingHost(feed, problem)));
        await().until(() -> server.fleet.counts().connected() == number);
        await().atMost(Duration.ofSeconds(30)).until(() -> hosts.stream().allMatch(host -> host.inForce() == 1));
    }

    private static Function<Pointer, Optional<String>> refusing(long serial) {
        return pointer -> pointer.serial() == serial ? Optional.of("its test fails") : Optional.empty();
    }

    private long having(long serial) {
        return hosts.stream().filter(host -> host.inForce() == serial).count();
    }

    private static FleetSettings held(Duration hold) {
        var rollout = new RolloutSettings(RolloutSettings.parseSteps("1%,100%"), List.of(), hold);
        return new FleetSettings(Optional.empty(), rollout, 64);
    }

    @Test
    void oneHostTriesARevisionAloneBeforeAllGetIt() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 4, pointer -> Optional.empty());
            server.publish(FleetFixture.policy(1));

            await().until(() -> having(2) == 1);
            Rollout rollout = server.awaitRollout(begun -> begun.serial() == 2);
            assertThat(rollout.stage()).isEqualTo(Stage.RUNNING);
            assertThat(rollout.settings().first()).hasSize(1);
            assertThat(having(1)).isEqualTo(3);
        }
    }

    @Test
    void aRevisionThatAHostRefusesIsTakenBackByItself() throws Exception {
        try (var server = new FleetFixture(directory)) {
            follow(server, 3, refusing(2));
            String before = server.store.current().hash();
            server.publish(FleetFixture.policy(1));

            server.awaitRollout(rollout -> rollout.serial() == 3 && rollout.stage() == Stage.DONE);
            await().until(() -> having(3) == 3);
            assertThat(server.store.current().hash()).isEqualTo(before);
            List<HistoryEntry> history = server.store.history(1);
            assertThat(history.get(0).origin().reason())
                    .startsWith("takes back revision 2: web")
                    .endsWith("has refused revision 2: its test fails");
            assertThat(server.desk.status().hosts().stream().filter(host -> host.refused() == 2))
                    .as("one host has seen it")
                    .singleElement()
                    .extracting(HostState::problem)
                    .isEqualTo("its test fails");
        }
    }

    @Test
    void oneHostTriesAloneWhatWasOvertakenBeforeItWasTriedWhenTheNewerOneIsTakenBack() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 4, refusing(3));
            server.publish(FleetFixture.policy(1));
            await().until(() -> having(2) == 1);
            String overtaken = server.store.current().hash();
            server.publish(FleetFixture.policy(2));

            await().until(() -> having(4) == 1);
            assertThat(server.store.current().hash()).isEqualTo(overtaken);
            assertThat(server.awaitRollout(begun -> begun.serial() == 4).stage())
                    .isEqualTo(Stage.RUNNING);
            assertThat(having(1)).isEqualTo(3);
        }
    }

    @Test
    void aRevisionThatIsBrokenReachesNoHost() throws Exception {
        try (var server = new FleetFixture(directory)) {
            follow(server, 2, pointer -> Optional.empty());
            server.publish("version: 1\nno: such key\n");
            server.publish(FleetFixture.policy(1));

            await().until(() -> having(3) == 2);
            assertThat(server.desk.status().hosts()).allMatch(host -> host.refused() == 0);
        }
    }

    @Test
    void aHaltedRolloutGoesOnWhenItIsResumed() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 3, pointer -> Optional.empty());
            server.publish(FleetFixture.policy(1));
            await().until(() -> having(2) == 1);

            assertThat(server.desk.halt("halted by ann").stage()).isEqualTo(Stage.HALTED);
            assertThat(server.awaitRollout(rollout -> rollout.stage() == Stage.HALTED)
                            .why())
                    .isEqualTo("halted by ann");
            assertThat(server.desk.resume().stage()).isEqualTo(Stage.RUNNING);
            assertThat(having(2)).isEqualTo(1);
        }
    }

    @Test
    void aRollbackReachesAllHostsAtOnceWithASerialOfItsOwn() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 3, pointer -> Optional.empty());
            String before = server.store.current().hash();
            server.publish(FleetFixture.policy(1));
            await().until(() -> having(2) == 1);

            long made = server.desk.rollBack(
                    Optional.empty(), server.store.current().origin(), Optional.empty());

            assertThat(made).isEqualTo(3);
            await().until(() -> having(3) == 3);
            assertThat(server.store.current().hash()).isEqualTo(before);
        }
    }

    @Test
    void whatWasWishedForARevisionIsNotForALaterOneOfTheSameContent() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 2, pointer -> Optional.empty());
            String before = server.store.current().hash();
            server.publish(FleetFixture.policy(1));
            long made = server.desk.rollBack(
                    Optional.empty(), server.store.current().origin(), Optional.empty());
            server.awaitRollout(rollout -> rollout.serial() == made && rollout.stage() == Stage.DONE);
            server.publish(FleetFixture.policy(2));
            server.awaitRollout(rollout -> rollout.serial() == made + 1);

            server.publish(FleetFixture.EMPTY);

            assertThat(server.store.current().hash()).isEqualTo(before);
            Rollout begun = server.awaitRollout(rollout -> rollout.serial() == made + 2);
            assertThat(begun.settings().stepsText()).isEqualTo("1%,100%");
        }
    }

    @Test
    void aRevisionThatIsUnderWayReachesTheOthersWhileANewerOneIsTried() throws Exception {
        try (var server = new FleetFixture(directory, held(Duration.ofHours(1)))) {
            follow(server, 3, pointer -> Optional.empty());
            server.publish(FleetFixture.policy(1));
            await().until(() -> having(2) == 1);
            server.endStep();
            server.publish(FleetFixture.policy(2));

            await().until(() -> having(3) == 1);
            await().until(() -> having(2) == 2);
            server.endStep();
            server.endStep();
            await().until(() -> having(3) == 3);
        }
    }
}
