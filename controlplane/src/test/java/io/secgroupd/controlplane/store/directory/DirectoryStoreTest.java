package io.secgroupd.controlplane.store.directory;

import static io.secgroupd.controlplane.store.directory.PolicyFolder.EMPTY;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.NOW;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.ORIGIN;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.bytes;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.editByRename;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.PutResult.Superseded;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {

    @TempDir
    private Path directory;

    private PolicyFolder folder;
    private DirectoryStore store;

    @BeforeEach
    void setUp() throws IOException {
        folder = new PolicyFolder(directory);
        store = folder.store();
    }

    @Test
    void filesAsTheyWereFoundAreTheFirstRevision() throws IOException {
        Revision first = store.current();
        assertThat(first.serial()).isEqualTo(1);
        assertThat(first.origin().author()).isEqualTo(Origin.BY_HAND);
        assertThat(first.origin().time()).isEqualTo(NOW);
        assertThat(first.read().policy()).isPresent();
        assertThat(store.current()).isSameAs(first);
    }

    @Test
    void putMakesARevision() throws IOException {
        Files.setPosixFilePermissions(folder.rules, PosixFilePermissions.fromString("rw-r-----"));
        Revision stored = folder.stored(store, EMPTY + "# more\n");
        assertThat(stored.serial()).isEqualTo(2);
        assertThat(stored.origin()).isEqualTo(ORIGIN);
        assertThat(stored.read().policy()).isPresent();
        assertThat(folder.text()).isEqualTo(EMPTY + "# more\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.rules)))
                .isEqualTo("rw-r-----");
        assertThat(store.current()).isSameAs(stored);
        assertThat(folder.names()).containsExactly("rules.yaml");
        assertThat(store.history(9)).extracting(HistoryEntry::serial).containsExactly(2L, 1L);
        HistoryEntry newest = store.history(1).get(0);
        assertThat(newest.origin()).isEqualTo(ORIGIN);
        assertThat(newest.hash()).isEqualTo(stored.hash());
        assertThat(newest.files()).containsOnlyKeys(folder.rules);
    }

    @Test
    void putOnAnOlderRevisionChangesNothing() throws IOException {
        Revision first = store.current();
        folder.stored(store, EMPTY + "# two\n");
        PutResult result = put(store, first, folder.rules, EMPTY + "# three\n");
        assertThat(result)
                .isInstanceOfSatisfying(
                        Superseded.class,
                        superseded -> assertThat(superseded.newest().serial()).isEqualTo(2));
        assertThat(folder.text()).isEqualTo(EMPTY + "# two\n");
    }

    @Test
    void putOfWhatStandsThereIsNoRevision() throws IOException {
        Revision first = store.current();
        assertThat(put(store, first, folder.rules, EMPTY)).isEqualTo(new Stored(first));
        assertThat(store.put(first, Map.of(), ORIGIN)).isEqualTo(new Stored(first));
        assertThat(store.history(9)).hasSize(1);
    }

    @Test
    void editByHandIsARevisionWhateverItsForm() throws IOException {
        store.current();
        editByRename(folder.rules, EMPTY + "# a\n");
        assertThat(store.current().serial()).isEqualTo(2);
        Files.writeString(folder.rules, EMPTY + "# b\n"); // the same size, and perhaps the same time
        Revision third = store.current();
        assertThat(third.serial()).isEqualTo(3);
        assertThat(PolicyFolder.text(third, folder.rules)).isEqualTo(EMPTY + "# b\n");
        assertThat(third.origin()).isEqualTo(Origin.byHand(NOW));
    }

    @Test
    void writingTheSameAgainIsNoRevision() throws IOException {
        Revision first = store.current();
        editByRename(folder.rules, EMPTY);
        assertThat(store.current()).isSameAs(first);
    }

    @Test
    void editByHandSupersedesAPut() throws IOException {
        Revision first = store.current();
        editByRename(folder.rules, EMPTY + "# by hand\n");
        assertThat(put(store, first, folder.rules, EMPTY + "# put\n")).isInstanceOf(Superseded.class);
        assertThat(folder.text()).isEqualTo(EMPTY + "# by hand\n");
    }

    @Test
    void brokenPolicyIsARevisionAndTheSoundOneBeforeIsFound() throws IOException {
        folder.stored(store, EMPTY + "# good\n");
        folder.stored(store, EMPTY + "security_groups: {a: {inbound: [{tcp: nonsense}]}}\n");
        assertThat(store.current().serial()).isEqualTo(3);
        assertThat(store.current().read().policy()).isEmpty();
        Revision sound = store.newestSound().orElseThrow();
        assertThat(sound.serial()).isEqualTo(2);
        assertThat(sound.origin()).isEqualTo(ORIGIN);
        assertThat(PolicyFolder.text(sound, folder.rules)).isEqualTo(EMPTY + "# good\n");
        folder.stored(store, EMPTY);
        assertThat(store.newestSound()).contains(store.current());
    }

    @Test
    void severalFilesChangeTogether() throws IOException {
        Path one = Files.createDirectory(folder.beside("rules.d")).resolve("one.yaml");
        Files.writeString(one, EMPTY);
        Files.writeString(folder.beside("list.txt"), "192.0.2.1\n");
        Revision base =
                folder.stored(store, EMPTY + "include: [rules.d/*.yaml]\nprefix_lists: {pl-a: {file: list.txt}}\n");
        assertThat(base.read().errors()).isEmpty();
        assertThat(base.files().contents()).containsOnlyKeys(folder.rules, one, folder.beside("list.txt"));
        Map<Path, byte[]> changed =
                Map.of(one, bytes(EMPTY + "# 1\n"), folder.beside("list.txt"), bytes("192.0.2.2\n"));
        Revision stored = ((Stored) store.put(base, changed, ORIGIN)).revision();
        assertThat(Files.readString(one)).isEqualTo(EMPTY + "# 1\n");
        assertThat(Files.readString(folder.beside("list.txt"))).isEqualTo("192.0.2.2\n");
        assertThat(store.current()).isSameAs(stored);
        assertThat(stored.serial()).isEqualTo(base.serial() + 1);
    }

    @Test
    void fileThatAGlobFindsNewIsNoticed() throws IOException {
        Files.createDirectory(folder.beside("rules.d"));
        folder.stored(store, EMPTY + "include: [rules.d/*.yaml]\n");
        Revision before = store.current();
        Path added = Files.writeString(folder.beside("rules.d").resolve("new.yaml"), EMPTY);
        assertThat(store.current().serial()).isEqualTo(before.serial() + 1);
        assertThat(store.current().files().contents()).containsKey(added);
        Files.move(added, added.resolveSibling("renamed.yaml")); // the hash of all contents stays
        assertThat(store.current().serial()).isEqualTo(before.serial() + 2);
    }

    @Test
    void linkStaysAndWhatItLeadsToIsWritten() throws IOException {
        Path real = Files.writeString(
                Files.createDirectory(directory.resolve("real")).resolve("r.yaml"), EMPTY);
        Files.delete(folder.rules);
        Files.createSymbolicLink(folder.rules, real);
        folder.stored(store, EMPTY + "# by link\n");
        assertThat(folder.rules).isSymbolicLink();
        assertThat(Files.readString(real)).isEqualTo(EMPTY + "# by link\n");
    }

    @Test
    void otherFilesAreNotWritten() throws IOException {
        Path other = Files.writeString(folder.beside("other.yaml"), EMPTY);
        assertThatThrownBy(() -> put(store, store.current(), other, "x"))
                .isInstanceOf(IOException.class)
                .hasMessage(other + " is not a file of the policy.");
        assertThat(Files.readString(other)).isEqualTo(EMPTY);
    }

    @Test
    void withoutAStateDirectoryNothingIsPutButAllIsRead() throws IOException {
        Files.writeString(folder.state, "a file where the directory should be");
        Revision first = store.current();
        assertThatThrownBy(() -> put(store, first, folder.rules, EMPTY + "# put\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.state + " cannot be written")
                .hasMessageEndingWith("nothing was changed.");
        assertThat(folder.text()).isEqualTo(EMPTY);
        assertThat(folder.names()).containsExactly("rules.yaml");
        editByRename(folder.rules, EMPTY + "# by hand\n");
        assertThat(store.current().serial()).isEqualTo(2);
    }

    @Test
    void restartGoesOnWhereTheLastOneEnded() throws IOException {
        Revision stored = folder.stored(store, EMPTY + "# one\n");
        Revision again = folder.store().current();
        assertThat(again.serial()).isEqualTo(stored.serial());
        assertThat(again.origin()).isEqualTo(ORIGIN);
        editByRename(folder.rules, EMPTY + "# two\n");
        assertThat(folder.store().current().serial()).isEqualTo(stored.serial() + 1);
    }

    @Test
    void oldRevisionsAreForgottenWithTheirContents() throws IOException {
        for (int i = 1; i <= History.MOST + 5; i++) {
            folder.stored(store, EMPTY + "# " + i + "\n");
        }
        List<HistoryEntry> all = store.history(1000);
        assertThat(all).hasSize(History.MOST);
        assertThat(all.get(0).serial()).isEqualTo(History.MOST + 6);
        assertThat(all.get(History.MOST - 1).serial()).isEqualTo(7);
        try (Stream<Path> contents = Files.list(folder.state.resolve("contents"))) {
            assertThat(contents).hasSize(History.MOST);
        }
    }

    @Test
    void damagedIndexIsNamed() throws IOException {
        folder.stored(store, EMPTY + "# one\n");
        Files.writeString(folder.state.resolve("index.jsonl"), "{\"serial\":\"1\"\n");
        assertThatThrownBy(() -> folder.store().current())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("index.jsonl:1 cannot be read");
    }

    @Test
    void newIncludeIsReadAfterItWasPut() throws IOException {
        Path more = Files.writeString(folder.beside("more.yaml"), EMPTY + "# more\n");
        Revision stored = folder.stored(store, EMPTY + "include: [more.yaml]\n");
        assertThat(stored.read().errors()).isEmpty();
        assertThat(stored.files().contents()).containsOnlyKeys(folder.rules, more);
        assertThat(store.current()).isSameAs(stored);
    }

    @Test
    void missingFileIsABrokenRevision() throws IOException {
        store.current();
        Files.delete(folder.rules);
        Revision none = store.current();
        assertThat(none.read().policy()).isEmpty();
        assertThat(none.files().contents()).isEmpty();
        assertThat(store.newestSound().orElseThrow().serial()).isEqualTo(1);
    }
}
