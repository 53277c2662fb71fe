package io.secgroupd.controlplane.aws.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.PolicyState;
import io.secgroupd.controlplane.aws.sigv4.Identity.Caller;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.publish.Publisher;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait while another is made are made together, and each is answered as if it had been alone. */
class WriteLaneTest {

    private static final int CLIENTS = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private PolicyStore store;

    @SuppressWarnings("NullAway.Init")
    private WriteLane lane;

    private final SlowDaemon daemon = new SlowDaemon();
    private final ExecutorService clients = Executors.newCachedThreadPool();

    @BeforeEach
    void start() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\nsecurity_groups:\n  sg-old: {}\n");
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        lane = new WriteLane(store, new Publisher(store, daemon), Clock.systemUTC());
    }

    @AfterEach
    void stop() throws IOException {
        clients.shutdownNow();
        store.close();
    }

    @Test
    void requestsThatWaitAreOneRevision() throws Exception {
        Future<WriteLane.Done> first = write(add("sg-first"));
        List<Future<WriteLane.Done>> others = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            others.add(write(add("sg-" + i)));
        }
        letAllThrough(CLIENTS);
        first.get();
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(others.get(i).get().state().policy().securityGroups()).containsKey("sg-" + i);
        }
        assertThat(store.history(10))
                .as("the old one, the first, and the others together")
                .hasSize(3);
        assertThat(Files.readString(rules)).contains("sg-first", "sg-0", "sg-5");
    }

    @Test
    void anEditByHandMeanwhileIsKeptAndTheRequestIsMadeOnIt() throws Exception {
        Future<WriteLane.Done> first = write(add("sg-first"));
        Files.writeString(rules, "version: 1\n# by hand\nsecurity_groups:\n  sg-old: { name: edited }\n");
        daemon.gate.countDown();
        assertThat(first.get().state().policy().securityGroups()).containsKeys("sg-first", "sg-old");
        assertThat(Files.readString(rules)).contains("# by hand", "name: edited", "sg-first");
    }

    @Test
    void whoIsRefusedDoesNotTakeTheOthersAlong() throws Exception {
        Future<WriteLane.Done> first = write(add("sg-first"));
        Future<WriteLane.Done> good = write(add("sg-good"));
        Future<WriteLane.Done> bad = write(state -> {
            throw ApiRefusals.notPermitted("no");
        });
        Future<WriteLane.Done> impossible = write(add("sg-old"));
        letAllThrough(3);
        first.get();
        assertThat(good.get().state().policy().securityGroups()).containsKey("sg-good");
        assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(AwsRefusal.class);
        assertThatThrownBy(impossible::get).hasCauseInstanceOf(AwsRefusal.class);
    }

    @Test
    void changesOfOneGroupTakeTurns() throws Exception {
        Future<WriteLane.Done> first = write(add("sg-first"));
        var name = new IntendedChange.SetName(Element.group("sg-old"), "one");
        var other = new IntendedChange.SetName(Element.group("sg-old"), "two");
        Future<WriteLane.Done> one = write(plan(name));
        await().until(() -> lane.waiting() == 1);
        Future<WriteLane.Done> two = write(plan(other));
        letAllThrough(2);
        first.get();
        assertThat(nameOfOld(one)).isEqualTo("one");
        assertThat(nameOfOld(two)).isEqualTo("two");
    }

    @Test
    void whatTheDaemonRefusesOfOneIsRefusedToThatOne() throws Exception {
        Future<WriteLane.Done> first = write(add("sg-first"));
        daemon.refused = "sg-bad";
        Future<WriteLane.Done> good = write(add("sg-good"));
        Future<WriteLane.Done> bad = write(add("sg-bad"));
        letAllThrough(2);
        first.get();
        assertThat(good.get().state().policy().securityGroups()).containsKey("sg-good");
        assertThatThrownBy(bad::get).hasMessageContaining("it would lock you out");
        assertThat(Files.readString(rules)).contains("sg-good").doesNotContain("sg-bad");
    }

    private static String nameOfOld(Future<WriteLane.Done> done) throws Exception {
        return Objects.requireNonNull(
                        done.get().state().policy().securityGroups().get("sg-old"), "it was there before")
                .name();
    }

    private void letAllThrough(int waiting) {
        await().until(() -> lane.waiting() == waiting);
        daemon.gate.countDown();
    }

    private Future<WriteLane.Done> write(Function<PolicyState, OperationPlan> planner) throws InterruptedException {
        var asked = new AuditLog.Asked(new Caller("SGAK", "alice", Right.WRITE), "Test", "1", "127.0.0.1");
        Future<WriteLane.Done> result =
                clients.submit(() -> lane.write(asked, planner, new WriteLane.Manner(false, Optional.empty())));
        daemon.begun.await(); // the first has the turn, and the others wait for it
        return result;
    }

    private static Function<PolicyState, OperationPlan> add(String id) {
        return plan(new IntendedChange.AddGroup(id, "", "", Map.of()));
    }

    private static Function<PolicyState, OperationPlan> plan(IntendedChange change) {
        return state -> OperationPlan.change(change, change.element().id(), (after, xml) -> {});
    }

    /** A daemon that answers once the gate is open, and refuses what names a certain group. */
    private static final class SlowDaemon implements LocalDaemon {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile String refused = "nothing";

        @Override
        public Optional<String> objection(PlannedPolicy candidate) {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                return Optional.of("interrupted");
            }
            String text =
                    new String(candidate.files().contents().values().iterator().next(), StandardCharsets.UTF_8);
            return text.contains(refused) ? Optional.of("it would lock you out") : Optional.empty();
        }

        @Override
        public Optional<String> follow(String hash) {
            return Optional.empty();
        }
    }
}
