package io.secgroupd.daemon.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.Cli;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.model.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCommandTest {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 443, source: any }   # for everybody
                  - { protocol: tcp, ports: 23, source: 10.0.0.0/8, expires: 2001-01-01T00:00:00Z, id: sgr-old }
            instances:
              web-1: { addresses: [10.0.1.10], security_groups: [sg-web] }
            clusters:
              shop: { security_groups: [sg-web] }
            invariants:
              - { name: no telnet from outside, never: { from: 203.0.113.0/24, to: sg-web, protocol: tcp, ports: 23 } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void write() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(
                directory.resolve("daemon.yaml"),
                "rules: " + rules + "\nadmin: { socket: " + directory.resolve("none.sock") + " }\n");
    }

    @Test
    void writesOneRuleThatSaysWhoAndWhyAndLeavesTheRestAsItIs() throws IOException {
        Instant began = Instant.now();

        Cli open = open("sg-web", "tcp", "22", "--from", "203.0.113.7", "--for", "1h", "--reason", "ticket 4711");

        assertThat(open.exitCode()).isEqualTo(ExitCode.DONE);
        Rule rule = rule("tcp 22 from 203.0.113.7/32");
        assertThat(Duration.between(began, rule.expires().orElseThrow()))
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        assertThat(rule.description()).startsWith("opened by ").endsWith(": ticket 4711");
        assertThat(open.out())
                .startsWith(rule.id() + " of sg-web: tcp 22 from 203.0.113.7/32 until "
                        + rule.expires().orElseThrow() + "\nwrote " + rules);
        assertThat(Files.readString(rules).lines().filter(line -> !line.contains("203.0.113.7/32")))
                .containsExactlyElementsOf(RULES.lines().toList());
        assertThat(directory.resolve(".rules.yaml.before")).hasContent(RULES);
    }

    @Test
    void aRuleThatHasExpiredIsProlongedAndKeepsItsId() throws IOException {
        assertThat(open("sg-web", "tcp", "23", "--from", "10.0.0.0/8", "--for", "2d")
                        .exitCode())
                .isEqualTo(ExitCode.DONE);

        assertThat(rule("tcp 23 from 10.0.0.0/8").id()).isEqualTo("sgr-old");
        assertThat(rule("tcp 23 from 10.0.0.0/8").livesAt(Instant.now().plus(Duration.ofHours(47))))
                .isTrue();
    }

    @Test
    void whatIsOpenForLongerIsLeftAlone() throws IOException {
        Cli open = open("sg-web", "tcp", "443", "--from", "any", "--for", "1h");

        assertThat(open.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(open.err()).contains("tcp 443 from any is open in sg-web already, by sgr-", "nothing was written");
        assertThat(rules).hasContent(RULES);
    }

    @Test
    void aRuleThatBreaksAPromiseIsNotWritten() throws IOException {
        Cli open = open("sg-web", "tcp", "23", "--from", "203.0.113.7", "--for", "1h");

        assertThat(open.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(open.err()).contains("no telnet from outside", "nothing was written");
        assertThat(rules).hasContent(RULES);
    }

    @Test
    void aClusterOrAnInstanceIsNoGroup() {
        assertThat(open("shop", "tcp", "22", "--from", "10.0.0.1", "--for", "1h")
                        .err())
                .contains("\"shop\" is a cluster, and a rule belongs to a security group; name one, such as sg-web");
        assertThat(open("web-1", "tcp", "22", "--from", "10.0.0.1", "--for", "1h")
                        .err())
                .contains("\"web-1\" is an instance");
        assertThat(open("sg-none", "tcp", "22", "--from", "10.0.0.1", "--for", "1h")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void wordsThatMakeNoRuleAreRefusedWithAnExample() throws IOException {
        for (List<String> words : List.of(
                List.of("sg-web", "tcp", "--from", "10.0.0.1", "--for", "1h"),
                List.of("sg-web", "tcp", "70000", "--from", "10.0.0.1", "--for", "1h"),
                List.of("sg-web", "icmp", "8", "--from", "10.0.0.1", "--for", "1h"),
                List.of("sg-web", "tcpp", "22", "--from", "10.0.0.1", "--for", "1h"),
                List.of("sg-web", "tcp", "22", "--from", "example.com", "--for", "1h"),
                List.of("sg-web", "tcp", "22", "--from", "10.0.0.1", "--for", "0s"),
                List.of("sg-web", "tcp", "22", "--from", "10.0.0.1", "--for", "366d"))) {
            assertThat(open(words.toArray(String[]::new)).exitCode())
                    .as("%s", words)
                    .isEqualTo(ExitCode.USAGE);
        }
        assertThat(rules).hasContent(RULES);
    }

    private Cli open(String... words) {
        return Cli.run(Stream.concat(
                        Stream.of(
                                "open",
                                "--config",
                                directory.resolve("daemon.yaml").toString()),
                        Stream.of(words))
                .toArray(String[]::new));
    }

    private Rule rule(String terms) {
        return PolicyReader.read(rules)
                .policy()
                .orElseThrow()
                .rules()
                .filter(rule -> rule.terms().equals(terms))
                .findFirst()
                .orElseThrow();
    }
}
