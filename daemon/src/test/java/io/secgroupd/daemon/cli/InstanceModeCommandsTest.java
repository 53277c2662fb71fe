package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of instances that only observe. */
class InstanceModeCommandsTest {

    private static final String STAGED = "../rules/examples/staged.yaml";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static Cli explain(String rules, String target, String... more) {
        String question = "explain --from 198.51.100.7 --protocol tcp --port 3306 --to " + target + " --rules " + rules;
        return Cli.run((question + " " + String.join(" ", more)).strip().split(" "));
    }

    private String enforcing() throws IOException {
        String text = Files.readString(Path.of(STAGED)).replace(", mode: observe", "");
        return Files.writeString(directory.resolve("enforcing.yaml"), text).toString();
    }

    @Test
    void checkWarnsAndCountsThem() throws IOException {
        Cli check = Cli.run("check", STAGED);

        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.err())
                .contains("warning: clusters.orders.instances.orders-2.mode: what the rules of orders-2");
        assertThat(check.out())
                .contains("3 instances (1 only observing), 1 cluster")
                .endsWith("0 errors, 1 warning\n");
        assertThat(Cli.run("check", "--strict", STAGED).exitCode()).isEqualTo(ExitCode.NO);
        assertThat(Cli.run("check", "--strict", enforcing()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void diffNamesEveryChangeOfAMode() throws IOException {
        assertThat(Cli.run("diff", STAGED, enforcing()).out())
                .isEqualTo("instance orders-2: observe -> enforce: what its rules refuse is refused from now on\n");
        assertThat(Cli.run("diff", enforcing(), STAGED).out())
                .isEqualTo("instance orders-2: enforce -> observe: what its rules refuse is let in from now on\n");
        assertThat(Cli.run("diff", STAGED, enforcing()).exitCode()).isEqualTo(ExitCode.NO);
        assertThat(Cli.run("diff", "--output", "json", STAGED, enforcing()).out())
                .isEqualTo("[{\"mode\":\"enforce\",\"before\":\"observe\",\"instances\":[\"orders-2\"]}]\n");
    }

    @Test
    void explainJudgesByTheRulesAndSaysThatThePacketIsLetIn() {
        assertThat(explain(STAGED, "orders-1").out()).startsWith("REJECT").doesNotContain("observe");
        Cli observed = explain(STAGED, "orders-2");

        assertThat(observed.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(observed.out())
                .startsWith("REJECT")
                .contains("ingress  REJECT no-matching-rule, observed\n")
                .endsWith("  let in: orders-2 only observes\n");
        assertThat(explain(STAGED, "orders-2", "--output", "json").out())
                .contains("\"verdict\":\"REJECT\",\"observed\":true,\"egress\":{\"checked\":false}")
                .contains("\"reason\":\"no-matching-rule\",\"observed\":true");
        assertThat(explain(STAGED, "orders-1", "--output", "json").out()).doesNotContain("observed");
    }

    @Test
    void aQuestionAboutAClusterIsAnsweredByTheInstanceThatEnforces() throws IOException {
        Path questions = Files.writeString(directory.resolve("questions.jsonl"), """
                {"from":"198.51.100.7","to":"orders","protocol":"tcp","port":3306}
                {"from":"198.51.100.7","to":"orders-2","protocol":"tcp","port":3306}
                {"from":"app-1","to":"orders","protocol":"tcp","port":3306}
                """);
        String observing = Files.readString(Path.of(STAGED))
                .replace("[10.0.2.10] }", "[10.0.2.10], mode: observe }")
                .replace("[10.0.2.11], mode: observe }", "[10.0.2.11] }");
        Path rules = Files.writeString(directory.resolve("rules.yaml"), observing);

        Cli batch = Cli.run("explain", "--rules", rules.toString(), "--batch", questions.toString());

        assertThat(batch.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("REJECT", "orders-2").doesNotContain("observed"),
                        line -> assertThat(line).contains("REJECT", "orders-2").doesNotContain("observed"),
                        line -> assertThat(line).contains("\"verdict\":\"ACCEPT\""));
    }

    @Test
    void anInvariantThatOnlyTheRulesKeepIsNamed() throws IOException {
        String promise = "\ninvariants:\n  - { name: private, only: { from: sg-app, to: orders, protocol: all } }\n";
        Path rules = Files.writeString(directory.resolve("rules.yaml"), Files.readString(Path.of(STAGED)) + promise);

        Cli check = Cli.run("check", "--invariants-only", rules.toString());

        assertThat(check.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(check.err())
                .contains("\"private\": only all from sg-app to orders, holds by the rules, but ")
                .contains(" -> orders-2 (10.0.2.11)")
                .contains("is let in: orders-2 only observes");
    }
}
