package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a template renders is a rules file to every command that takes one, before it is a file. */
@NetnsTest
class PolicyFromPipeIT {

    private static final String RULES = """
            version: 1
            include: [groups.yaml]
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;
    private static final String GROUPS =
            "security_groups: { sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any }] } }\n";
    private static final String QUESTION = " --from 192.0.2.1 --to web --protocol tcp --port 80";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(directory.resolve("groups.yaml"), GROUPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$SG\" check - <rules.yaml",
                "cat rules.yaml | \"$SG\" check -",
                "cat rules.yaml | \"$SG\" check /dev/stdin",
                "\"$SG\" check /dev/stdin <rules.yaml",
                "\"$SG\" check <(cat rules.yaml)",
                "\"$SG\" check --rules <(cat rules.yaml)",
                "\"$SG\" diff <(cat rules.yaml) <(cat rules.yaml)",
                "cat rules.yaml | \"$SG\" diff - rules.yaml",
                "cat rules.yaml | \"$SG\" explain --rules -" + QUESTION,
                "\"$SG\" explain --rules <(cat rules.yaml)" + QUESTION
            })
    void itIsReadWithWhatItIncludesFromTheCurrentDirectory(String line) throws Exception {
        Script run = Script.run(directory, line);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void problemsCarryTheNameThatWasGiven() throws Exception {
        Script run =
                Script.run(directory, "echo 'version: 2' | \"$SG\" check -").assertFailed(1);

        assertThat(run.err()).startsWith("-:1:10: ");
    }

    @Test
    void ofAnEndlessOneNoMoreThanTheLimitIsRead() throws Exception {
        Script.run(directory, "\"$SG\" check - </dev/zero").assertFailed(1, "-:1:1: ", "longer than 16 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"diff - /dev/stdin", "explain --rules - --batch -"})
    void standardInputIsNotReadTwice(String command) throws Exception {
        Script.run(directory, "\"$SG\" " + command + " <rules.yaml")
                .assertFailed(2, "standard input can be read once only");
    }

    @Test
    void itIsPutInForce() throws Exception {
        try (var host = new JudgedHost(RULES)) {
            Files.writeString(host.directory.resolve("groups.yaml"), GROUPS);
            Files.writeString(host.directory.resolve("more.yaml"), GROUPS.replace("80", "81"));
            RunningDaemon daemon = host.start();
            String apply = "sed 's/groups.yaml/more.yaml/' " + host.rulesFile + " | " + RunningDaemon.PROGRAM
                    + " apply --force --rules " + host.rulesFile + " --config " + host.config() + " -";

            host.server.run("bash", "-c", apply);

            daemon.awaitGeneration(2);
            assertThat(host.rulesFile).content().contains("more.yaml");
        }
    }

    @Test
    void theDaemonDoesNotWaitForOne() throws Exception {
        try (var host = new JudgedHost()) {
            host.server.run("mkfifo", host.rulesFile.toString());

            RunningDaemon daemon = host.launch();

            assertThat(daemon.awaitExit()).isEqualTo(3);
            assertThat(daemon.log()).contains("is not a regular file");
        }
    }
}
