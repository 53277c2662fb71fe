package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no rules file, or an attack, as the rules file, as an included one and as a list: a sentence and an exit code. */
@Timeout(20) // a FIFO that is opened blocks for ever, a device never ends
class BadInputCommandTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void makeBadFiles() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("directory"));
        assertThat(new ProcessBuilder("mkfifo", file("fifo")).start().waitFor()).isZero();
        link("loop", "loop");
        link("dangling", "nothing");
        Files.write(directory.resolve("nul"), new byte[1000]);
        Files.writeString(directory.resolve("utf16"), "version: 1\n", StandardCharsets.UTF_16);
        Files.writeString(directory.resolve("deep"), "[".repeat(10_000));
        try (var sparse = new RandomAccessFile(file("huge"), "rw")) {
            sparse.setLength(100 << 20);
        }
    }

    @ParameterizedTest(name = "check {0}: exit {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            directory | 3 | is not a regular file
            fifo      | 3 | is not a regular file
            /dev/zero | 3 | is not a regular file
            loop      | 3 | is a symbolic link that leads to no file
            dangling  | 3 | is a symbolic link that leads to no file
            missing   | 3 | does not exist
            /proc/self/mem | 1 | cannot be read: Input/output error
            nul       | 1 | a NUL character
            utf16     | 1 | the file is UTF-16
            deep      | 1 | nested deeper than 32 levels
            huge      | 1 | the file is longer than 16 MiB
            """)
    void asTheRulesFile(String name, int exitCode, String sentence) {
        assertRefused(Cli.run("check", file(name)), exitCode, sentence);
    }

    @ParameterizedTest(name = "include {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            directory | this is a directory
            fifo      | a pipe or device is not read
            /dev/zero | a pipe or device is not read
            loop      | the symbolic link leads in a circle
            dangling  | the symbolic link leads to no file
            missing   | no such file
            /proc/self/mem | cannot be read: Input/output error
            nul       | a NUL character
            utf16     | the file is UTF-16
            deep      | nested deeper than 32 levels
            huge      | the file is longer than 16 MiB
            """)
    void asAnIncludedFile(String name, String sentence) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), "version: 1\ninclude: [" + name + "]\n");

        assertRefused(Cli.run("check", file("rules.yaml")), ExitCode.NO, sentence);
    }

    @ParameterizedTest(name = "list {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            directory | this is a directory
            fifo      | a pipe or device is not read
            /dev/zero | a pipe or device is not read
            loop      | the symbolic link leads in a circle
            dangling  | the symbolic link leads to no file
            missing   | no such file
            /proc/self/mem | cannot be read: Input/output error
            nul       | a NUL character
            utf16     | the file is UTF-16
            deep      | is not an IPv4 address
            huge      | the file is longer than 64 MiB
            """)
    void asAListFile(String name, String sentence) throws IOException {
        Files.writeString(
                directory.resolve("rules.yaml"), "version: 1\nprefix_lists: { pl-a: { file: " + name + " } }\n");

        assertRefused(Cli.run("check", file("rules.yaml")), ExitCode.NO, sentence);
    }

    @Test
    void asAFileOfSomebodyElse() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "version: 1\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(secret), "root reads everything");

        assertRefused(Cli.run("check", secret.toString()), ExitCode.FAILED, "cannot be read by this user");
    }

    private static void assertRefused(Cli check, int exitCode, String sentence) {
        assertThat(check.err().lines()).singleElement().asString().contains(sentence);
        assertThat(check.exitCode()).isEqualTo(exitCode);
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(name), Path.of(target));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
