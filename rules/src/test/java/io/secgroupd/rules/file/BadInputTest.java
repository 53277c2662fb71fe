package io.secgroupd.rules.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no files, and files that are attacks: each answers with one sentence. A FIFO that blocks fails the timeout. */
@Timeout(30)
class BadInputTest {

    @TempDir
    Path dir;

    @Test
    void refusesAMissingFile() {
        assertThat(problem(dir.resolve("none.yaml"))).endsWith("none.yaml:1:1: no such file; check the path");
    }

    @Test
    void refusesADirectory() {
        assertThat(problem(dir)).endsWith(":1:1: this is a directory; name a file");
    }

    @Test
    void refusesADevice() {
        assertThat(problem(Path.of("/dev/zero")))
                .isEqualTo("/dev/zero:1:1: a pipe or device is not read; name a regular file");
    }

    @Test
    void refusesAFifoWithoutWaitingForAWriter() throws Exception {
        Path fifo = dir.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertThat(problem(fifo)).endsWith("a pipe or device is not read; name a regular file");
    }

    @Test
    void refusesSymlinksThatLeadNowhere() throws IOException {
        Path loop = Files.createSymbolicLink(dir.resolve("loop"), Path.of("loop"));
        assertThat(problem(loop)).contains("loop:1:1: the symbolic link leads in a circle");
        Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), Path.of("nothing"));
        assertThat(problem(dangling)).contains("dangling:1:1: the symbolic link leads to no file");
    }

    /** A regular file by its looks, and nothing that can be read from its beginning. */
    @Test
    void refusesAFileThatFailsWhileItIsRead() {
        assertThat(problem(Path.of("/proc/self/mem"))).contains("mem:1:1: cannot be read: ");
    }

    @Test
    void refusesAnUnreadableFile() throws IOException {
        Path file = write("version: 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeFalse(Files.isReadable(file), "root reads everything");
        assertThat(problem(file)).contains("permission denied");
    }

    @Test
    void refusesAHugeFileWithoutReadingIt() throws IOException {
        Path file = dir.resolve("huge.yaml");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(100L << 20);
        }
        assertThat(problem(file)).contains("the file is longer than 16 MiB; ");
    }

    @Test
    void refusesAHugeListFile() throws IOException {
        try (var sparse = new RandomAccessFile(dir.resolve("pl.txt").toFile(), "rw")) {
            sparse.setLength((64L << 20) + 1);
        }
        assertThat(problem(write("version: 1\nprefix_lists: { pl-a: { file: pl.txt } }\n")))
                .contains("pl.txt\": the file is longer than 64 MiB; ");
    }

    @Test
    void refusesTenThousandLevels() throws IOException {
        assertThat(problem(write("[".repeat(10_000)))).contains(":1:33: ").contains("nested deeper than 32 levels");
        assertThat(problem(write("{a: ".repeat(10_000)))).contains("nested deeper than 32 levels");
        assertThat(problem(write("- ".repeat(10_000)))).contains("nested deeper than 32 levels");
    }

    @Test
    void refusesAliasesThatUnfoldToBillions() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i <= 24; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(problem(write(bomb.toString())))
                .contains("a17[1]: this alias brings the file to more than 1000000 values");
    }

    /** Each unknown name is compared with every known one to find the nearest: that would take minutes. */
    @Test
    void twentyThousandUnknownNamesAreAnsweredAtOnce() throws IOException {
        var file = new StringBuilder("version: 1\nsecurity_groups:\n");
        for (int i = 0; i < 20_000; i++) {
            file.append("  sg-a%d: { inbound: [{ protocol: tcp, ports: 1, source: [sg-x%d, word%d] }] }\n"
                    .formatted(i, i, i));
        }
        file.append("tests:\n");
        for (int i = 0; i < 20_000; i++) {
            file.append("  - { from: host%d, to: 10.0.0.1, protocol: tcp, port: 1, expect: deny }\n".formatted(i));
        }
        ReadResult result = PolicyReader.read(write(file.toString()));
        assertThat(result.errors()).hasSize(1001).last().asString().endsWith(" more errors up to here are not listed");
    }

    @Test
    void aMillionBadLinesAreCounted() throws IOException {
        Files.writeString(dir.resolve("pl.txt"), "host.example\n".repeat(1_000_000));
        ReadResult result = PolicyReader.read(write("version: 1\nprefix_lists: { pl-a: { file: pl.txt } }\n"));
        assertThat(result.errors()).hasSize(101).last().asString().contains(":1000000:1: 999900 more errors");
    }

    @Test
    void refusesMoreValuesThanFitTheHeap() throws IOException {
        assertThat(problem(write("[" + "[],".repeat(1_100_000) + "]"))).contains("more than 1000000 values");
    }

    @Test
    void readsAScalarOfMegabytesAsOneShortSentence() throws IOException {
        String huge = "9,".repeat(7 << 20);
        String text =
                "version: 1\nsecurity_groups: { sg-a: { inbound: [{ protocol: tcp, ports: \"%s\", source: any }] } }\n";
        ReadResult result = PolicyReader.read(write(text.formatted(huge)));
        assertThat(result.errors())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(300));
    }

    @Test
    void countsRulesBeforeMakingThem() throws IOException {
        String ports = "1,".repeat(3000);
        String text =
                "version: 1\nsecurity_groups: { sg-a: { inbound: [{ protocol: tcp, ports: [%s], source: [%s] }] } }\n";
        assertThat(problem(write(text.formatted(ports, "10.0.0.1,".repeat(3000)))))
                .contains("9000000 rules");
    }

    @Test
    void keysCannotForgeALine() throws IOException {
        String problem = problem(write("version: 1\n\"x\\nrules.yaml:1:1: fine\": {}\n"));
        assertThat(problem).doesNotContain("\n").contains("\\u000Arules.yaml");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("rules.yaml"), text);
    }

    /** The only problem of a file. */
    private static String problem(Path file) {
        ReadResult result = PolicyReader.read(file);
        assertThat(result.policy()).isEmpty();
        assertThat(result.problems()).hasSize(1);
        return result.problems().get(0).toString();
    }
}
