package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command prints is there, or the command has failed and says so. */
class OutputIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any }] } }
            instances: { web: { addresses: [10.0.0.1], security_groups: [sg-web] } }
            """;
    private static final String FLOW = """
            {"time":"2026-11-28T01:00:00.000Z","seq":%d,"start":"s","host":"h","verdict":"REJECT","reason":"no-matching-rule",\
            "direction":"ingress","instance":"web","group":null,"rule":null,"protocol":"tcp","src":"192.0.2.1","sport":4000,\
            "dst":"10.0.0.1","dport":22,"icmp_type":null,"icmp_code":null,"tcp_flags":2,"in":"eth0","generation":1,"packets":1,\
            "first":"2026-11-28T01:00:00.000Z","last":"2026-11-28T01:00:00.000Z"}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), RULES);
        var flows = new StringBuilder();
        for (int i = 1; i <= 3000; i++) {
            flows.append(FLOW.formatted(i));
        }
        Files.writeString(directory.resolve("flows.log"), flows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "check --help",
                "check rules.yaml",
                "check rules.yaml --output json",
                "explain --rules rules.yaml --from 192.0.2.1 --to web --protocol tcp --port 80",
                "diff rules.yaml rules.yaml",
                "ruleset --backend nft",
                "logs flows.log",
                "logs flows.log --output json",
                "logs flows.log --summary",
                "replay --rules rules.yaml flows.log",
                "completion bash"
            })
    void aFullDiskIsAFailureWithASentence(String command) throws Exception {
        assertNotWhole("\"$SG\" " + command + " >/dev/full");
    }

    @Test
    void aPipeThatNobodyReadsAnyMoreIsAFailureWithASentence() throws Exception {
        assertNotWhole("mkfifo pipe; exec 3<>pipe 4>pipe 3>&-; \"$SG\" logs flows.log --output json >&4");
    }

    @Test
    void aClosedOutputIsAFailureAndNoOtherFileIsWrittenTo() throws Exception {
        assertNotWhole("\"$SG\" check rules.yaml >&-");
    }

    @Test
    void aLongOutputThatIsTakenIsWhole() throws Exception {
        Script run = Script.run(directory, "\"$SG\" logs flows.log --output json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(3000);
    }

    private void assertNotWhole(String line) throws Exception {
        Script run = Script.run(directory, line).assertFailed(3);

        assertThat(run.err()).containsOnlyOnce("the output is incomplete").doesNotContain("Exception");
    }
}
