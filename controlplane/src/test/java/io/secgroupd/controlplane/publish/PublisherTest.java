package io.secgroupd.controlplane.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.edit.EditResult.RefusalReason;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import io.secgroupd.controlplane.edit.change.IntendedChange.AddGroup;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetClusterGroups;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetInstanceGroups;
import io.secgroupd.controlplane.publish.Published.InForce;
import io.secgroupd.controlplane.publish.Published.NotEdited;
import io.secgroupd.controlplane.publish.Published.NotTaken;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is in force, or it is refused and the file is byte for byte what it was. The files are real, the daemon is not. */
class PublisherTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-app: {}
              sg-db: {inbound: [{protocol: tcp, ports: 3306, source: sg-app}]}   # from the app alone
            instances:
              app: {addresses: [10.0.0.1], security_groups: [sg-app]}
              db: {addresses: [10.0.0.2], security_groups: [sg-db]}
            tests:
              - {name: app reaches db, from: app, to: db, protocol: tcp, port: 3306, expect: allow}
            """;

    private static final IntendedChange NEW_GROUP = new AddGroup("sg-new", "", "", Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    Path rules;

    @SuppressWarnings("NullAway.Init")
    PolicyStore store;

    private final ScriptedDaemon daemon = new ScriptedDaemon();

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void aChangeIsWrittenAndTheDaemonHasSaidThatItFollows() throws IOException {
        Published result = publish(false, NEW_GROUP);
        assertThat(result).isInstanceOf(InForce.class);
        assertThat(((InForce) result).revision().hash())
                .isEqualTo(store.current().hash());
        assertThat(daemon.calls)
                .containsExactly("objection", "follow " + store.current().hash());
        assertThat(Files.readString(rules)).contains("sg-new", "# from the app alone");
    }

    @Test
    void aTestOfTheFileThatFailsRefusesTheChange() throws IOException {
        Published result = publish(false, new SetInstanceGroups("app", List.of("sg-db")));
        assertThat(result).isInstanceOf(NotEdited.class);
        assertThat(((NotEdited) result).why().reason()).isEqualTo(RefusalReason.UNSOUND);
        assertThat(((NotEdited) result).why().toString()).contains("app reaches db");
        assertThat(daemon.calls).as("nothing is asked but for objections").isSubsetOf("objection");
        assertUntouched();
    }

    @Test
    void whatTheDaemonObjectsToIsNotWritten() throws IOException {
        daemon.objection = Optional.of("it would lock you out");
        assertThat(publish(false, NEW_GROUP)).isEqualTo(new NotTaken("it would lock you out"));
        assertUntouched();
    }

    @Test
    void whatTheDaemonDoesNotFollowIsTakenBack() throws IOException {
        daemon.refusal = Optional.of("the files have another owner");
        assertThat(publish(false, NEW_GROUP)).isEqualTo(new NotTaken("the files have another owner"));
        assertUntouched();
        assertThat(store.history(3).get(0).origin().reason()).startsWith("withdrawn");
    }

    @Test
    void aDryRunAsksTheDaemonAndWritesNothing() throws IOException {
        assertThat(publish(true, NEW_GROUP)).isInstanceOf(Published.Possible.class);
        assertThat(daemon.calls).containsExactly("objection");
        assertUntouched();
    }

    @Test
    void anEditByHandInBetweenIsNotLost() throws IOException {
        Revision base = store.current();
        String edited = RULES.replace("3306, source", "3307, source").replace("port: 3306", "port: 3307");
        Files.writeString(rules, edited);
        assertThat(publish(base, false, NEW_GROUP)).isInstanceOf(Published.OutOfDate.class);
        assertThat(Files.readString(rules)).isEqualTo(edited);
    }

    @Test
    void whatTheFileSaysAlreadyIsInForce() throws IOException {
        assertThat(publish(false, new SetInstanceGroups("app", List.of("sg-app"))))
                .isInstanceOf(InForce.class);
        assertThat(daemon.calls).isEmpty();
        assertUntouched();
    }

    @Test
    void whatIsNotThereCannotBeChanged() throws IOException {
        Published result = publish(false, new SetClusterGroups("orders", List.of("sg-db")));
        assertThat(((NotEdited) result).why().reason()).isEqualTo(RefusalReason.IMPOSSIBLE);
        assertUntouched();
    }

    private Published publish(boolean dryRun, IntendedChange change) throws IOException {
        return publish(store.current(), dryRun, change);
    }

    private Published publish(Revision base, boolean dryRun, IntendedChange change) throws IOException {
        var request = new Publisher.Request(
                List.of(change), new Origin("alice", "test", Instant.EPOCH), dryRun, Optional.empty());
        return new Publisher(store, daemon)
                .publish(base, base.read().policy().orElseThrow(), request, Optional.empty());
    }

    private void assertUntouched() throws IOException {
        assertThat(Files.readString(rules)).isEqualTo(RULES);
    }

    /** A daemon that answers as it is told. */
    private static final class ScriptedDaemon implements LocalDaemon {
        private final List<String> calls = new CopyOnWriteArrayList<>();
        private Optional<String> objection = Optional.empty();
        private Optional<String> refusal = Optional.empty();

        @Override
        public Optional<String> objection(PlannedPolicy candidate) {
            calls.add("objection");
            return objection;
        }

        @Override
        public Optional<String> follow(String hash) {
            calls.add("follow " + hash);
            return refusal;
        }
    }
}
