package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedEntriesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void aPlainFile() {
        assertThat(WatchedEntries.of(List.of(directory.resolve("rules.yaml"))))
                .containsExactly(directory.resolve("rules.yaml"));
    }

    @Test
    void everyEntryOnTheWayThroughAConfigMap() throws IOException {
        Files.createDirectory(directory.resolve("..v1"));
        Files.writeString(directory.resolve("..v1/rules.yaml"), "");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
        Path file = Files.createSymbolicLink(directory.resolve("rules.yaml"), Path.of("..data/rules.yaml"));

        assertThat(WatchedEntries.of(List.of(file)))
                .containsExactlyInAnyOrder(
                        file,
                        directory.resolve("..data"),
                        directory.resolve("..data/rules.yaml"),
                        directory.resolve("..v1/rules.yaml"));
    }

    @Test
    void aLoopOfLinksEnds() throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(directory.resolve("b"), Path.of("a"));

        assertThat(WatchedEntries.of(List.of(directory.resolve("a"))))
                .containsExactly(directory.resolve("a"), directory.resolve("b"));
    }
}
