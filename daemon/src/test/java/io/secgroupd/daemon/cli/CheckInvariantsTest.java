package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckInvariantsTest {

    private static final String EXAMPLE = "../rules/examples/invariants.yaml";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void checkCountsTheInvariantsThatHold() {
        Cli check = Cli.run("check", EXAMPLE);

        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.out()).endsWith("5 tests passed, 4 invariants hold; 0 errors, 0 warnings\n");
    }

    @Test
    void invariantsOnlySaysNothingOfTestsThatFail() throws IOException {
        String rules = example("expect: allow", "expect: deny");

        assertThat(Cli.run("check", rules).exitCode()).isEqualTo(ExitCode.NO);
        Cli check = Cli.run("check", "--invariants-only", rules);
        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.out()).isEqualTo(rules + ": 4 invariants hold; 0 errors, 0 warnings\n");
    }

    @Test
    void anInvariantThatDoesNotHoldIsNamedWithAFlowTheRuleAndItsPlace() throws IOException {
        String rules = example("ports: 5432, source: sg-web", "ports: 5432, source: any");

        Cli check = Cli.run("check", "--invariants-only", rules);

        assertThat(check.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(check.err())
                .contains("\"the database is never open to the internet\": only all from pl-private to sg-db, but tcp"
                        + " 198.51.100.7 -> orders-1 (10.0.2.10) port 5432 is ACCEPT: ingress by sgr-")
                .contains(rules + ":21 tcp 5432 from any");
        assertThat(check.out()).isEqualTo(rules + ": 2 errors, 0 warnings\n");
    }

    @Test
    void asJsonEachIsAProblemWithItsPath() throws IOException {
        String rules = example("outbound: []", "description: a database");

        Cli check = Cli.run("check", "--output", "json", rules);

        assertThat(check.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(check.out())
                .contains("\"severity\":\"error\"")
                .contains(
                        "\"path\":\"invariants[2]\",\"message\":\"\\\"the database opens no connection\\\": never all from");
    }

    private String example(String before, String after) throws IOException {
        String text = Files.readString(Path.of(EXAMPLE));
        assertThat(text).contains(before);
        return Files.writeString(directory.resolve("rules.yaml"), text.replace(before, after))
                .toString();
    }
}
