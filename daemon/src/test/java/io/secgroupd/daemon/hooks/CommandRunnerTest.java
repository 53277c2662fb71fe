package io.secgroupd.daemon.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {

    private static final List<Path> BIN = List.of(Path.of("/usr/bin"), Path.of("/bin"));
    private final CommandRunner runner = new CommandRunner(BIN, Duration.ofSeconds(10));

    @Test
    void givesTextToACommandAndTakesItsOutput() throws HooksException {
        assertThat(runner.runWithInput("one\ntwo\n", "cat").outputOrThrow()).isEqualTo("one\ntwo\n");
    }

    @Test
    void tellsTheExitCodeAndWhatTheCommandSaid() throws HooksException {
        CommandResult result = runner.run("sh", "-c", "echo no; echo bad table >&2; exit 3");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(result::outputOrThrow)
                .withMessageContaining("exit code 3")
                .withMessageContaining("bad table");
    }

    @Test
    void namesThePackageOfAMissingTool() {
        CommandRunner nowhere = new CommandRunner(List.of(Path.of("/nonexistent")), Duration.ofSeconds(1));

        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> nowhere.run("nft"))
                .withMessage("nft is not installed: install the package nftables");
        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> nowhere.run("ip6tables-restore"))
                .withMessageContaining("install the package iptables");
    }

    @Test
    void endsACommandThatHangs() {
        CommandRunner impatient = new CommandRunner(BIN, Duration.ofMillis(50));

        assertThatExceptionOfType(HooksException.class)
                .isThrownBy(() -> impatient.run("sleep", "600"))
                .withMessageContaining("did not end within");
    }

    @Test
    void doesNotMindACommandThatReadsNothing() throws HooksException {
        assertThat(runner.runWithInput("x".repeat(1_000_000), "true").succeeded())
                .isTrue();
    }
}
