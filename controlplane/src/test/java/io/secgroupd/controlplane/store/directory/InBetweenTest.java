package io.secgroupd.controlplane.store.directory;

import static io.secgroupd.controlplane.store.directory.PolicyFolder.EMPTY;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.ORIGIN;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PutResult;
import io.secgroupd.controlplane.store.PutResult.Superseded;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at the moment of an exchange: others save their edits, or the process is killed. */
class InBetweenTest {

    private static final String OLD_A = EMPTY + "include: [b.yaml]\n";
    private static final String NEW_A = OLD_A + "# new\n";
    private static final String OLD_B = EMPTY;
    private static final String NEW_B = EMPTY + "# new\n";
    private static final String EDIT = EMPTY + "# by hand\n";

    @TempDir
    private Path directory;

    private PolicyFolder folder;
    private Path a;
    private Path b;

    @BeforeEach
    void setUp() throws IOException {
        folder = new PolicyFolder(directory, OLD_A);
        a = folder.rules;
        b = Files.writeString(folder.beside("b.yaml"), OLD_B);
    }

    private interface Action {
        void run() throws IOException;
    }

    private enum Edit {
        RENAMED {
            @Override
            void save(Path file, String text) throws IOException {
                PolicyFolder.editByRename(file, text);
            }
        },
        IN_PLACE {
            @Override
            void save(Path file, String text) throws IOException {
                Files.writeString(file, text);
            }
        };

        abstract void save(Path file, String text) throws IOException;
    }

    /** Does something before and after the n-th exchange, counted from 1. */
    private static NameExchange around(int number, Action before, Action after) {
        var count = new int[1];
        return (one, other) -> {
            boolean now = ++count[0] == number;
            if (now) {
                before.run();
            }
            NameExchange.BY_KERNEL.exchange(one, other);
            if (now) {
                after.run();
            }
        };
    }

    private PutResult putBoth(NameExchange names) throws IOException {
        DirectoryStore store = folder.store(names);
        Map<Path, byte[]> changed = new TreeMap<>(Map.of(a, bytes(NEW_A), b, bytes(NEW_B)));
        return store.put(store.current(), changed, ORIGIN);
    }

    private void assertTexts(String first, String second) throws IOException {
        assertThat(Files.readString(a)).isEqualTo(second);
        assertThat(Files.readString(b)).isEqualTo(first);
        assertThat(folder.names()).containsExactly("b.yaml", "rules.yaml");
        assertThat(folder.state.resolve("pending.json")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void editRightBeforeTheFirstExchangeStays(Edit edit) throws IOException {
        assertThat(putBoth(around(1, () -> edit.save(b, EDIT), () -> {}))).isInstanceOf(Superseded.class);
        assertTexts(EDIT, OLD_A);
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void editRightBeforeTheSecondExchangeStaysAndTheFirstFileIsPutBack(Edit edit) throws IOException {
        assertThat(putBoth(around(2, () -> edit.save(a, EDIT), () -> {}))).isInstanceOf(Superseded.class);
        assertTexts(OLD_B, EDIT);
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void editsOfBothFilesStay(Edit edit) throws IOException {
        NameExchange names = around(
                2,
                () -> {
                    edit.save(b, EDIT);
                    edit.save(a, EDIT);
                },
                () -> {});
        assertThat(putBoth(names)).isInstanceOf(Superseded.class);
        assertTexts(EDIT, EDIT);
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void newerEditStaysWhileAnOlderOneIsPutBack(Edit edit) throws IOException {
        NameExchange names = around(1, () -> edit.save(b, EDIT), () -> edit.save(b, EDIT + "# newer\n"));
        assertThat(putBoth(names)).isInstanceOf(Superseded.class);
        assertTexts(EDIT + "# newer\n", OLD_A);
    }

    @Test
    void fileThatIsRemovedIsNotMadeAgain() throws IOException {
        assertThat(putBoth(around(1, () -> Files.delete(b), () -> {}))).isInstanceOf(Superseded.class);
        assertThat(b).doesNotExist();
        assertThat(Files.readString(a)).isEqualTo(OLD_A);
    }

    @Test
    void linkThatLeadsElsewhereIsNoticed() throws IOException {
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        Path link = Files.createSymbolicLink(directory.resolve("now"), one);
        Files.writeString(one.resolve("b.yaml"), OLD_B);
        Files.writeString(two.resolve("b.yaml"), EDIT);
        Files.delete(b);
        Files.createSymbolicLink(b, link.resolve("b.yaml"));
        NameExchange names = around(
                1,
                () -> {
                    Files.delete(link);
                    Files.createSymbolicLink(link, two);
                },
                () -> {});
        assertThat(putBoth(names)).isInstanceOf(Superseded.class);
        assertThat(Files.readString(one.resolve("b.yaml"))).isEqualTo(OLD_B);
        assertTexts(EDIT, OLD_A);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failureOfAnExchangeChangesNothing(int number) throws IOException {
        NameExchange names = around(
                number,
                () -> {
                    throw new IOException("as from a full disk");
                },
                () -> {});
        assertThatThrownBy(() -> putBoth(names)).isInstanceOf(IOException.class).hasMessageContaining("full disk");
        assertTexts(OLD_B, OLD_A);
        assertThat(folder.store().current().serial()).isEqualTo(1);
    }

    /** The end of the process: nothing of it is run any more. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private static void kill() {
        throw new Killed();
    }

    @ParameterizedTest
    @CsvSource({"1, true, false", "1, false, false", "2, true, false", "2, false, true"})
    void killedProcessLeavesAllOrNothing(int number, boolean before, boolean complete) throws IOException {
        NameExchange names =
                before ? around(number, InBetweenTest::kill, () -> {}) : around(number, () -> {}, InBetweenTest::kill);
        assertThatThrownBy(() -> putBoth(names)).isInstanceOf(Killed.class);
        Revision found = folder.store().current();
        assertTexts(complete ? NEW_B : OLD_B, complete ? NEW_A : OLD_A);
        assertThat(found.serial()).isEqualTo(complete ? 2 : 1);
        assertThat(found.origin().author()).isEqualTo(complete ? ORIGIN.author() : Origin.BY_HAND);
    }

    @ParameterizedTest
    @EnumSource(Edit.class)
    void editThatWasDisplacedByAKilledProcessIsPutBack(Edit edit) throws IOException {
        NameExchange names = around(2, () -> edit.save(a, EDIT), InBetweenTest::kill);
        assertThatThrownBy(() -> putBoth(names)).isInstanceOf(Killed.class);
        assertThat(Files.readString(a)).isEqualTo(NEW_A);
        folder.store().current();
        assertThat(Files.readString(a)).isEqualTo(EDIT);
        assertThat(folder.names()).containsExactly("b.yaml", "rules.yaml");
    }

    @Test
    void editAfterAKillStays() throws IOException {
        NameExchange names = around(1, () -> {}, InBetweenTest::kill);
        assertThatThrownBy(() -> putBoth(names)).isInstanceOf(Killed.class);
        Files.writeString(a, EDIT);
        Revision found = folder.store().current();
        assertThat(PolicyFolder.text(found, a)).isEqualTo(EDIT);
        assertThat(found.origin().author()).isEqualTo(Origin.BY_HAND);
    }

    @Test
    void exchangeByLinksDoesTheSame() throws IOException {
        NameExchange.BY_LINKS.exchange(a, b);
        assertTexts(OLD_A, OLD_B);
        NameExchange.BY_KERNEL.exchange(a, b);
        assertTexts(OLD_B, OLD_A);
        assertThatThrownBy(() -> NameExchange.BY_LINKS.exchange(a, folder.beside("none")))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        assertThatThrownBy(() -> NameExchange.BY_KERNEL.exchange(a, folder.beside("none")))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        assertTexts(OLD_B, OLD_A);
    }

    @Test
    void twoNamesOfOneFileAreRefused() throws IOException {
        Files.createLink(folder.beside("keep"), b);
        Files.writeString(a, EMPTY + "prefix_lists: {pl-a: {file: one.txt}, pl-b: {file: two.txt}}\n");
        Files.writeString(folder.beside("one.txt"), "192.0.2.1\n");
        Files.createSymbolicLink(folder.beside("two.txt"), Path.of("one.txt"));
        DirectoryStore store = folder.store();
        Map<Path, byte[]> changed = new TreeMap<>(
                Map.of(folder.beside("one.txt"), bytes("192.0.2.2\n"), folder.beside("two.txt"), bytes("192.0.2.3\n")));
        assertThatThrownBy(() -> store.put(store.current(), changed, ORIGIN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("are one, by a link");
        assertThat(Files.readString(folder.beside("one.txt"))).isEqualTo("192.0.2.1\n");
    }
}
