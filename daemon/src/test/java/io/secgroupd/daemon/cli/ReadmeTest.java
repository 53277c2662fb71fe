package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first screen of the README is a working example: its file is sound, and its commands print what it says. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private String rules;

    @BeforeEach
    void writeTheExample() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), block("yaml").get(0))
                .toString();
    }

    @Test
    void checkPrintsWhatTheReadmeSays() throws IOException {
        Cli check = Cli.run("check", rules);

        assertThat(check.exitCode()).isZero();
        assertThat(block("console").get(0)).contains(inReadmeWords(check.out()));
    }

    @Test
    void explainPrintsWhatTheReadmeSays() throws IOException {
        Cli explain = Cli.run(
                "explain",
                "--rules",
                rules,
                "--from",
                "198.51.100.7",
                "--to",
                "orders-1",
                "--protocol",
                "tcp",
                "--port",
                "3306");

        assertThat(explain.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(block("console").get(0)).contains(inReadmeWords(explain.out()));
    }

    private String inReadmeWords(String printed) {
        return printed.replace(rules, "rules.yaml");
    }

    private static List<String> block(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
