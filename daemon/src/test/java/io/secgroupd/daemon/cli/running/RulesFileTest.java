package io.secgroupd.daemon.cli.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.store.directory.KernelExchange;
import io.secgroupd.daemon.cli.running.RulesFile.Replaced;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {

    private static final byte[] NEW = "new\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), "old\n");
    }

    @Test
    void whatStoodThereIsKeptUnderAHiddenName() throws IOException {
        RulesFile file = RulesFile.at(rules);

        Replaced replaced = file.replace(NEW, file.hash());

        assertThat(rules).hasContent("new\n");
        assertThat(replaced).isEqualTo(new Replaced(rules.resolveSibling(".rules.yaml.before"), false));
        assertThat(replaced.kept()).hasContent("old\n");
    }

    @Test
    void editThatComesAfterTheLastLookIsKeptBesideAndTold() throws IOException {
        RulesFile file = RulesFile.at(rules);
        String expected = file.hash();
        Files.writeString(rules, "edited\n");

        Replaced replaced = file.replace(NEW, expected);

        assertThat(rules).hasContent("new\n");
        assertThat(replaced.edited()).isTrue();
        assertThat(replaced.kept().getFileName().toString()).startsWith("rules.yaml.before-confirm-");
        assertThat(replaced.kept()).hasContent("edited\n");
    }

    @Test
    void editorThatHasTheFileOpenSavesIntoWhatIsKept() throws IOException {
        RulesFile file = RulesFile.at(rules);
        try (var editor = Files.newByteChannel(rules, StandardOpenOption.WRITE)) {
            Replaced replaced = file.replace(NEW, file.hash());
            editor.write(StandardCharsets.UTF_8.encode("late"));

            assertThat(rules).hasContent("new\n");
            assertThat(replaced.kept()).hasContent("late");
        }
    }

    @Test
    void nothingButTheTwoIsLeft() throws IOException {
        RulesFile file = RulesFile.at(rules);
        file.replace(NEW, file.hash());
        file.replace(NEW, file.hash());

        try (var left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("rules.yaml", ".rules.yaml.before");
        }
    }

    @Test
    void whatAKilledCommandWasAboutToWriteIsRemovedAndWhatItTookOutOfPlaceIsNot() throws IOException {
        Path halfWritten = Files.writeString(directory.resolve(".secgroupd123.new"), "ne");
        Path edit = Files.writeString(directory.resolve("rules.yaml.before-confirm-20261128T120000.000Z"), "edited\n");
        RulesFile file = RulesFile.at(rules);

        file.replace(NEW, file.hash());

        assertThat(halfWritten).doesNotExist();
        assertThat(edit).hasContent("edited\n");
        assertThat(rules).hasContent("new\n");
    }

    @Test
    void whatIsBeingWrittenIsLeft() throws IOException {
        Path theirs = Files.writeString(directory.resolve(".secgroupd123.new"), "ne");
        try (var channel = FileChannel.open(theirs, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            RulesFile file = RulesFile.at(rules);

            file.replace(NEW, file.hash());

            assertThat(lock.isValid()).isTrue();
            assertThat(theirs).exists();
        }
    }

    @Test
    void linkIsFollowedAndLeft() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), rules);

        RulesFile file = RulesFile.at(link);
        file.replace(NEW, file.hash());

        assertThat(link).isSymbolicLink();
        assertThat(rules).hasContent("new\n");
    }

    @Test
    void namesAreExchangedOrNothingIsDone() throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "other\n");

        assertThatThrownBy(() -> KernelExchange.exchange(rules, directory.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(rules).hasContent("old\n");
        assertThat(KernelExchange.exchange(rules, other)).isTrue();
        assertThat(rules).hasContent("other\n");
    }
}
