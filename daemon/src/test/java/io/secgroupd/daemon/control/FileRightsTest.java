package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.terms.RulesRights;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRightsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(
                Files.createDirectory(directory.resolve("etc")).resolve("rules.yaml"), "version: 1\n");
    }

    @Test
    void fileOfItsOwnerAloneIsFine() throws IOException {
        allow(rules, "rw-r--r--");
        allow(directory.resolve("etc"), "rwxr-xr-x");

        assertThat(remarks(RulesRights.WARN, rules)).isEmpty();
    }

    @Test
    void fileAndDirectoryThatOthersMayWriteAreNamed() throws IOException {
        allow(rules, "rw-rw-rw-");
        allow(directory.resolve("etc"), "rwxrwxrwx");

        assertThat(remarks(RulesRights.WARN, rules))
                .extracting(problem -> problem.at().file())
                .containsExactly(rules.toString(), directory.resolve("etc").toString());
        assertThat(remarks(RulesRights.WARN, rules)).noneMatch(Problem::isError);
        assertThat(remarks(RulesRights.REFUSE, rules)).allMatch(Problem::isError);
        assertThat(remarks(RulesRights.IGNORE, rules)).isEmpty();
    }

    @Test
    void directoryThatALinkLeadsIntoIsNamed() throws IOException {
        allow(directory.resolve("etc"), "rwxrwxrwx");
        Path link = Files.createSymbolicLink(directory.resolve("rules.yaml"), rules);

        assertThat(remarks(RulesRights.WARN, link))
                .extracting(problem -> problem.at().file())
                .containsExactly(directory.resolve("etc").toString());
    }

    /** Of the test's own directory alone: what lies above it is the machine's. */
    private List<Problem> remarks(RulesRights rights, Path file) {
        return FileRights.problems(rights, List.of(file), new TreeMap<>()).stream()
                .filter(problem -> Path.of(problem.at().file()).startsWith(directory))
                .toList();
    }

    private static void allow(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
