package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.dataplane.RuleCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitsFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        var file = new HitsFile(directory.resolve("hits.json"));
        file.write(List.of(
                new RuleCounter("sg-\"odd\"", "sgr-1", 1, 2, 3, 4), new RuleCounter("sg-b", "sgr-2", 5, 0, 0, 0)));

        assertThat(file.read())
                .extracting(c -> c.group() + " " + c.rule() + " " + c.since() + " " + c.hits() + " " + c.first() + " "
                        + c.last())
                .containsExactly("sg-\"odd\" sgr-1 1 2 3 4", "sg-b sgr-2 5 0 0 0");
    }

    @Test
    void noFileMeansNoHits() throws IOException {
        assertThat(new HitsFile(directory.resolve("none")).read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[",
                "[{\"since\":1}]",
                "[1]",
                "[{\"since\":{}}]",
                "[{\"since\":\"x\"}]",
                "\u0000\u0001"
            })
    void damagedFileBeginsAnewAndIsReplaced(String damaged) throws IOException {
        Path path = Files.writeString(directory.resolve("hits.json"), damaged);

        HitsKeeper keeper = HitsKeeper.start(directory);
        assertThat(keeper.counters().all()).isEmpty();
        keeper.close();

        assertThat(path).hasContent("[]");
    }

    @Test
    void directoryThatCannotBeMadeHarmsNothing() throws IOException {
        Path occupied = Files.writeString(directory.resolve("file"), "");

        HitsKeeper keeper = HitsKeeper.start(occupied.resolve("state"));
        keeper.close();

        assertThat(keeper.counters().all()).isEmpty();
    }
}
