package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.HeldSocket;
import io.secgroupd.daemon.testkit.HeldSocket.Moment;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Command or daemon is killed between any two steps of an apply: the file says one of the two things, the daemon does what it
 * says, and the next apply goes through.
 */
@NetnsTest
class KilledApplyIT extends ApplyFixture {

    private static final String STEPS = """
            POST /apply     | BEFORE_THE_DAEMON_KNOWS  | 80
            POST /apply     | BEFORE_THE_COMMAND_KNOWS | 80
            POST /candidate | BEFORE_THE_DAEMON_KNOWS  | 80
            POST /candidate | BEFORE_THE_COMMAND_KNOWS | 80
            POST /confirm   | BEFORE_THE_DAEMON_KNOWS  | 81
            POST /confirm   | BEFORE_THE_COMMAND_KNOWS | 81
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = STEPS)
    void killedCommandLeavesEitherFileAndTheNextOneGoesThrough(String step, Moment moment, int written)
            throws Exception {
        killedAt(step, moment, () -> {});

        assertThat(rules).hasContent(allowing(written));
        assertThat(run("apply " + write(allowing(82)))).endsWith("exit 0\n");
        assertThat(rules).hasContent(allowing(82));
        assertThat(run("status")).doesNotContain("TRIAL");
        assertNothingIsLeftBehind();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = STEPS)
    void killedCommandMayBeFollowedByARollbackAndFileAndDaemonAgree(String step, Moment moment, int written)
            throws Exception {
        killedAt(step, moment, () -> {});

        run("rollback");

        assertThat(rules).hasContent(allowing(written));
        assertThat(run("reload")).endsWith("exit 0\n");
        assertOpenIsOnly(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = STEPS)
    void killedDaemonComesBackWithWhatTheFileSays(String step, Moment moment, int written) throws Exception {
        killedAt(step, moment, daemon::kill);

        daemon = RunningDaemon.start(server, rules, directory);
        AdminSocket.await(server, directory);

        assertThat(rules).hasContent(allowing(written));
        assertOpenIsOnly(written);
        assertThat(run("apply " + write(allowing(82)))).endsWith("exit 0\n");
        assertThat(rules).hasContent(allowing(82));
        assertNothingIsLeftBehind();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST /candidate | BEFORE_THE_DAEMON_KNOWS
            POST /candidate | BEFORE_THE_COMMAND_KNOWS
            POST /confirm   | BEFORE_THE_DAEMON_KNOWS
            """)
    void editThatFollowsAKilledCommandIsNotLost(String step, Moment moment) throws Exception {
        killedAt(step, moment, () -> {});
        Files.writeString(rules, allowing(80) + "# edited\n");

        run("confirm");
        run("apply " + write(allowing(82)));

        try (var files = Files.list(rules.resolveSibling("."))) {
            assertThat(files.filter(Files::isRegularFile).map(KilledApplyIT::text))
                    .contains(allowing(80) + "# edited\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = "POST /confirm | BEFORE_THE_DAEMON_KNOWS")
    void confirmAfterAKilledApplySaysTheRest(String step, Moment moment) throws Exception {
        killedAt(step, moment, () -> {});

        assertThat(run("confirm")).endsWith("exit 0\n");

        assertThat(run("status")).doesNotContain("TRIAL");
        assertThat(rules).hasContent(allowing(81));
        assertOpenIsOnly(81);
    }

    /** The command, and before it whatever else, is killed where it waits for this answer. */
    private void killedAt(String step, Moment moment, Runnable before) throws Exception {
        Path path = directory.resolve("held.sock");
        Path config = Files.writeString(
                directory.resolve("held.yaml"), "rules: " + rules + "\nadmin: { socket: " + path + " }\n");
        try (var held = new HeldSocket(path, directory.resolve(server.name() + ".sock"), step, moment)) {
            Process apply = server.start(new ProcessBuilder(List.of(
                            RunningDaemon.PROGRAM.toString(),
                            "apply",
                            candidate.toString(),
                            "--config",
                            config.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD));
            held.awaitHeld();
            before.run();
            apply.destroyForcibly().waitFor();
        } finally {
            Files.delete(path);
        }
    }

    private void assertNothingIsLeftBehind() throws IOException {
        try (var files = Files.list(rules.resolveSibling("."))) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("rules.yaml", ".rules.yaml.before", "instances.yaml");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
