package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PolicyStoreContract;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what is of etcd alone, with one member. Each test has a prefix of its own. */
class EtcdStoreTest extends PolicyStoreContract {

    @TempDir
    private static Path directory;

    private static Etcd etcd;

    private final String prefix = "/" + UUID.randomUUID() + "/";

    @BeforeAll
    static void startEtcd() throws IOException {
        etcd = Etcd.start(directory, 1).ready();
    }

    @AfterAll
    static void stopEtcd() {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Override
    protected void keepFirst(Map<String, String> files) throws IOException {
        try (PolicyStore store = openStore()) {
            var first = new TreeMap<Path, byte[]>();
            files.forEach((name, text) -> first.put(path(name), bytes(text)));
            assertThat(store.put(store.current(), first, ORIGIN)).isInstanceOf(Stored.class);
        }
    }

    @Override
    protected PolicyStore openStore() throws IOException {
        return EtcdStore.open(etcd.settings(prefix));
    }

    @Override
    protected Path path(String name) {
        return Path.of(name);
    }

    @Test
    void anEmptyEtcdHasABrokenPolicyUntilFilesAreBrought() throws IOException {
        try (EtcdStore store = EtcdStore.open(etcd.settings(prefix + "empty/"))) {
            Revision none = store.current();
            assertThat(none.serial()).isZero();
            assertThat(none.read().policy()).isEmpty();
            assertThat(store.history(9)).isEmpty();
            assertThat(store.newestSound()).isEmpty();
            assertThatThrownBy(() -> store.put(none, Map.of(Path.of("/etc/rules.yaml"), bytes(EMPTY)), ORIGIN))
                    .hasMessage("/etc/rules.yaml is not a file of the policy.");
            assertThatThrownBy(() -> store.put(none, Map.of(Path.of("a/../../x"), bytes(EMPTY)), ORIGIN))
                    .hasMessage("a/../../x is not a file of the policy.");
            assertThat(store.put(none, Map.of(path("rules.yaml"), bytes(EMPTY)), ORIGIN))
                    .isInstanceOfSatisfying(
                            Stored.class,
                            stored -> assertThat(stored.revision().serial()).isEqualTo(1));
        }
    }

    @Test
    void filesAreAddedAndRemovedBesideTheFirst() throws IOException {
        try (PolicyStore store = openStore();
                PolicyStore reader = openStore()) {
            Revision base = store.current();
            PolicyFiles others = filesOf(Map.of("rules.yaml", EMPTY, "more/two.yaml", EMPTY));

            assertThat(store.replace(base, others, PolicyReader.read(others), ORIGIN))
                    .isInstanceOf(Stored.class);
            assertThat(reader.current().files().holdsSame(others)).isTrue();
            assertThat(reader.files(1).orElseThrow().holdsSame(base.files())).isTrue();
            for (PolicyFiles bad : List.of(
                    filesOf(Map.of("rules.yaml", EMPTY, "../x.yaml", EMPTY)),
                    filesOf(Map.of("rules.yaml", EMPTY, "/etc/x.yaml", EMPTY)),
                    filesOf(Map.of("other.yaml", EMPTY)))) {
                assertThatThrownBy(() -> store.replace(store.current(), bad, PolicyReader.read(bad), ORIGIN))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("policy");
            }
            assertThat(reader.current().serial()).isEqualTo(2);
        }
    }

    private PolicyFiles filesOf(Map<String, String> texts) {
        var files = new TreeMap<Path, byte[]>();
        texts.forEach((name, text) -> files.put(path(name), bytes(text)));
        return new PolicyFiles(path("rules.yaml"), files);
    }

    @Test
    void aLongListIsKeptInPiecesAndOnceForAllRevisions() throws IOException {
        try (PolicyStore writer = openStore();
                PolicyStore reader = openStore();
                Connection connection = Connection.open(etcd.settings(prefix))) {
            byte[] list = bytes("192.0.2.1\n".repeat(300_000));
            writer.put(writer.current(), Map.of(path("list.txt"), list), ORIGIN);
            int pieces = pieces(connection).size();
            assertThat(list.length).isGreaterThan(5 * Pieces.BYTES);
            assertThat(reader.current().files().content(path("list.txt"))).contains(list);
            writer.put(writer.current(), Map.of(path("rules.d/one.yaml"), bytes(EMPTY + "# more\n")), ORIGIN);
            assertThat(pieces(connection)).hasSize(pieces + 1);
            assertThat(reader.current().files().content(path("list.txt"))).contains(list);
        }
    }

    private static List<Item> pieces(Connection connection) throws IOException {
        return connection.range(Keys.PIECES, Keys.PIECES + '~', option -> option.withKeysOnly(true), Deadline.start());
    }

    @Test
    void piecesThatNoRevisionHasAreRemovedAndTheirWriterBringsThemAgain() throws IOException {
        try (PolicyStore store = openStore();
                Connection connection = Connection.open(etcd.settings(prefix))) {
            store.current();
            var revisions = new Revisions(connection);
            var sweep = new Sweep(connection, revisions);
            Head head = Head.read(connection, Deadline.start());
            List<byte[]> orphan = List.of(bytes("nobody's"));
            revisions.pieces().keep(orphan);
            int before = pieces(connection).size();
            long swept = sweep.last(Deadline.start());
            sweep.run(head, Deadline.start());
            assertThat(pieces(connection)).hasSize(before - 1);
            assertThat(sweep.last(Deadline.start())).isGreaterThan(swept);
            revisions.pieces().keep(orphan);
            sweep.run(new Head(head.serial(), head.modified() - 1), Deadline.start());
            assertThat(pieces(connection)).as("a revision was made since").hasSize(before);
        }
    }

    @Test
    void afterManyRevisionsFewPiecesAreLeftOfThoseThatAreForgotten() throws IOException {
        try (PolicyStore store = openStore();
                Connection connection = Connection.open(etcd.settings(prefix))) {
            for (int i = 0; i < 109; i++) {
                store.put(store.current(), Map.of(path("list.txt"), bytes("192.0.2." + i + "\n")), ORIGIN);
            }
            assertThat(store.current().serial()).isEqualTo(110);
            assertThat(pieces(connection)).hasSize(100 + 2);
        }
    }

    @Test
    void aDamagedPieceIsNamed() throws IOException {
        try (PolicyStore store = openStore();
                Connection connection = Connection.open(etcd.settings(prefix))) {
            for (Item piece : pieces(connection)) {
                var unused = connection.write(new Change().put(piece.key(), bytes("other")), Deadline.start());
            }
            assertThatThrownBy(store::current).isInstanceOf(IOException.class).hasMessageEndingWith("was damaged.");
        }
    }

    @Test
    void anEtcdThatWasRestoredFromABackupIsNotFollowed() throws IOException {
        try (PolicyStore store = openStore()) {
            Revision now = store.current();
            var reading = new Reading(
                    Connection.open(etcd.settings(prefix)),
                    new Revisions(Connection.open(etcd.settings(prefix))),
                    new io.secgroupd.controlplane.store.common.Announcer());
            reading.know(new Known(now, new Head(7, Long.MAX_VALUE)));
            assertThatThrownBy(reading::now)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("etcd has gone back from revision 7 to 1");
        }
    }

    @Test
    void anEtcdThatIsNotThereIsToldWithinSeconds() throws IOException {
        var nobody = new EtcdSettings(
                List.of(java.net.URI.create("http://127.0.0.1:1")),
                prefix,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (EtcdStore store = EtcdStore.open(nobody)) {
            assertThatThrownBy(store::current)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("etcd cannot be reached");
        }
    }
}
