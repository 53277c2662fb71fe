package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.directory.DirectoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordWriterTest {

    @TempDir
    private Path directory;

    private DirectoryStore store;
    private RecordWriter writer;

    @BeforeEach
    void open() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        writer = new RecordWriter(store.records());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private long written() throws IOException {
        return store.records().list("host/").size();
    }

    @Test
    void whatIsWrittenOverAVersionIsWrittenInParts() throws IOException {
        int all = RecordWriter.MOST_OVER + 1;
        for (int i = 0; i < all; i++) {
            writer.putOver(0, "host/" + i, "gone");
        }

        writer.flush();
        assertThat(written()).isEqualTo(RecordWriter.MOST_OVER);
        writer.flush();
        assertThat(written()).isEqualTo(all);
    }

    @Test
    void whatHasAnotherVersionByThenStays() throws IOException {
        store.records().putAll(Map.of("host/1", "there"));
        writer.putOver(0, "host/1", "gone");

        writer.flush();

        assertThat(store.records().get("host/1").orElseThrow().value()).isEqualTo("there");
    }
}
