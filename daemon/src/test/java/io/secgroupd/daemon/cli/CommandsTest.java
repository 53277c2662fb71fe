package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator types, what comes back, and the exit code that scripts read. */
class CommandsTest {

    private static final String SCENARIO = "../rules/examples/scenario.yaml";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @ParameterizedTest(name = "{0} -> {1} {2}: {3}")
    @CsvSource(textBlock = """
            198.51.100.7, app-1,    --protocol tcp --port 443,  ACCEPT
            app-1,        orders,   --protocol tcp --port 3306, ACCEPT
            198.51.100.7, orders-1, --protocol tcp --port 3306, REJECT
            app-1,        orders-1, --protocol tcp --port 22,   REJECT
            orders-1,     app-1,    --protocol tcp --port 443,  REJECT
            orders-1,     8.8.8.8,  --protocol udp --port 53,   REJECT
            app-1,        8.8.8.8,  --protocol icmp --icmp-type 8, ACCEPT
            8.8.8.8,      9.9.9.9,  --protocol 47,              REJECT
            """)
    void explainAnswersTheScenario(String from, String to, String service, String verdict) {
        Cli explain = Cli.run(
                ("explain --rules " + SCENARIO + " --from " + from + " --to " + to + " " + service).split(" ", -1));

        assertThat(explain.out()).startsWith(verdict + "  ");
        assertThat(explain.exitCode()).isEqualTo(verdict.equals("ACCEPT") ? ExitCode.DONE : ExitCode.NO);
    }

    @Test
    void explainAsJsonNamesBothHalves() {
        Cli explain = Cli.run(
                "explain",
                "--rules",
                SCENARIO,
                "--output",
                "json",
                "--from",
                "10.0.1.10",
                "--to",
                "10.0.2.11",
                "--protocol",
                "tcp",
                "--port",
                "3306");

        assertThat(explain.out().strip())
                .matches("\\{\"verdict\":\"ACCEPT\","
                        + "\"egress\":\\{\"checked\":true,\"instance\":\"app-1\",\"verdict\":\"ACCEPT\",\"reason\":\"rule\","
                        + "\"group\":\"sg-0123ec2example\",\"rule\":\"sgr-[0-9a-f]{17}\",\"at\":\"[^\"]*scenario.yaml:15\"},"
                        + "\"ingress\":\\{\"checked\":true,\"instance\":\"orders-2\",\"verdict\":\"ACCEPT\",\"reason\":\"rule\","
                        + "\"group\":\"sg-6789rdsexample\",\"rule\":\"sgr-[0-9a-f]{17}\",\"at\":\"[^\"]*scenario.yaml:26\"},"
                        + "\"from\":\"10.0.1.10\",\"to\":\"10.0.2.11\"}");
    }

    @Test
    void explainAsJsonNamesTheNearestMiss() {
        Cli explain =
                Cli.run(("explain --output json --protocol tcp --port 3306 --from 198.51.100.7 --to orders-1 --rules "
                                + SCENARIO)
                        .split(" "));

        assertThat(explain.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(explain.out())
                .contains("\"reason\":\"no-matching-rule\",\"group\":null,\"rule\":null,\"at\":null,"
                        + "\"nearest\":{\"group\":\"sg-6789rdsexample\",\"rule\":\"sgr-")
                .contains("\"differing\":[\"source\"]}");
    }

    @Test
    void explainAnswersAboutAFileWhoseOwnTestFails() throws IOException {
        String wrong = Files.readString(Path.of(SCENARIO)).replaceFirst("expect: deny", "expect: allow");
        String rules = Files.writeString(directory.resolve("rules.yaml"), wrong).toString();

        assertThat(Cli.run("check", rules).exitCode()).isEqualTo(ExitCode.NO);
        assertThat(Cli.run(("explain --from app-1 --to orders --protocol tcp --port 3306 --rules " + rules).split(" "))
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void aBatchAnswersEveryLineInOrderAndGoesOnAfterABadOne() throws IOException {
        Path questions = Files.writeString(directory.resolve("questions"), """
                {"from":"198.51.100.7","to":"orders","protocol":"tcp","port":3306}
                {"from":"app-1","to":"orders","protocol":"tcp"}
                {"from":"app-1","to":"nobody","protocol":"tcp","port":1}
                no json

                {"from":"app-1","to":"orders-2","protocol":"6","port":3306,"icmp_type":null}
                """);

        Cli batch = Cli.run("explain", "--rules", SCENARIO, "--batch", questions.toString());

        assertThat(batch.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(batch.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"verdict\":\"REJECT\",\"egress\":{\"checked\":false},"),
                        line -> assertThat(line).isEqualTo("{\"error\":\"tcp needs a port\"}"),
                        line -> assertThat(line).startsWith("{\"error\":\"\\\"nobody\\\" is not an instance"),
                        line -> assertThat(line).startsWith("{\"error\":\"not a JSON object"),
                        line -> assertThat(line).isEqualTo("{\"error\":\"a question is a JSON object\"}"),
                        line -> assertThat(line).startsWith("{\"verdict\":\"ACCEPT\""));
    }

    @ParameterizedTest(name = "shadow {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            --for 14d | which file? or status, accept, promote or drop?
            new.yaml --for soon | --for "soon" is not a time from 1s to 365d; write one, such as 14d
            promote --if-quiet 0d | --if-quiet "0d" is not a time from 1s to 365d; write one, such as 7d
            promote --accept all | "all" is no difference; write the 8 digits that secgroupd shadow status shows
            accept 12345678,9abcdef0 | "12345678,9abcdef0" is no difference; write the 8 digits
            """)
    void aShadowThatMakesNoSenseIsAnsweredWithWhatToWrite(String arguments, String sentence) {
        Cli shadow = Cli.run(("shadow " + arguments).split(" "));

        assertThat(shadow.err()).contains(sentence);
        assertThat(shadow.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theNameOfAFileDoesNotCommandTheTerminal() throws IOException {
        Path file = Files.writeString(directory.resolve("a\u001b[2J\u202eb.yaml"), "version: 1\n");

        assertThat(Cli.run("check", file.toString()).out())
                .contains("a?[2J?b.yaml: 0 groups")
                .doesNotContain("\u001b");
    }

    @Test
    void aQuestionThatIsQuotedInJsonDoesNotCommandTheTerminal() throws IOException {
        Path questions = Files.writeString(
                directory.resolve("questions.jsonl"),
                "{\"from\":\"\u009b2J\u202e\",\"to\":\"app-1\",\"protocol\":\"tcp\",\"port\":1}\n");

        assertThat(Cli.run("explain", "--rules", SCENARIO, "--batch", questions.toString())
                        .out())
                .startsWith("{\"error\":")
                .doesNotContain("\u009b", "\u202e");
    }

    @Test
    void checkPrintsEveryProblemAndASummary() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.yaml"), """
                version: 1
                security_groups:
                  sg-a: { inbound: [{ protocol: tpc, ports: 1, source: any }] }
                instances:
                  a: { addresses: [10.0.0.1], security_groups: [sg-b] }
                """);

        Cli check = Cli.run("check", file.toString());

        assertThat(check.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(check.err().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(file + ":3:") && line.contains("tpc"))
                .anyMatch(line -> line.startsWith(file + ":5:") && line.contains("sg-a"));
        assertThat(check.out()).isEqualTo(file + ": 2 errors, 0 warnings\n");
    }

    @Test
    void strictLetsWarningsCount() throws IOException {
        String file = Files.writeString(directory.resolve("warns.yaml"), """
                        version: 1
                        security_groups:
                          sg-a: { inbound: [{ protocol: tcp, ports: 443, source: 10.0.0.5/8 }] }
                        instances:
                          a: { addresses: [10.0.0.1], security_groups: [sg-a] }
                        """).toString();

        assertThat(Cli.run("check", file).exitCode()).isZero();
        assertThat(Cli.run("check", "--strict", file).exitCode()).isEqualTo(ExitCode.NO);
    }

    @ParameterizedTest(name = "{0}: exit {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            explain --rules S --at noon --from app-1 --to orders --protocol 47 | 2 | "noon" is not a time with its zone; write 2026-
            diff S S --at 2026-12-01                                   | 2 | "2026-12-01" is not a time with its zone
            check none.yaml                                            | 3 | none.yaml does not exist
            check /dev/zero                                            | 3 | is not a regular file
            explain --rules S --from a                                 | 2 | --to
            explain --rules S --from app-1 --to ordres --protocol tcp --port 1 | 2 | did you mean "orders"
            explain --rules S --from app-1 --to orders --protocol tcp  | 2 | tcp needs a port
            explain --rules S --from app-1 --to orders --protocol 47 --port 1 | 2 | 47 has no ports
            explain --rules S --from 10.0.0.1 --to ::1 --protocol 47   | 3 | no addresses of one family
            explain --rules S --from app-1 --to orders --protocol icmp | 2 | icmp needs an icmp type; see secgroupd explain --help
            explain --rules S --batch none.jsonl                       | 3 | none.jsonl does not exist; correct the path, or write -
            explain --rules S --batch /tmp                             | 3 | /tmp is not a regular file; correct the path
            diff S none.yaml                                           | 3 | none.yaml does not exist; correct the path
            ruleset --config none.yaml                                 | 3 | none.yaml does not exist; correct the path after --config
            ruleset --backend pf                                       | 2 | : 'pf' is not known; write auto or nft or iptables
            check --output xml                                         | 2 | : 'xml' is not known; write text or json
            check --strct                                              | 2 | Possible solutions: --strict
            check a b                                                  | 2 | no more arguments are taken: 'b'
            status --config S                                          | 1 | the host settings
            completion fish                                            | 2 | write bash or zsh
            hooks                                                      | 2 | install, check or remove?
            chek                                                       | 2 | Did you mean: secgroupd check?
            frobnicate                                                 | 2 | : 'frobnicate' is not a command
            """)
    void whatCannotBeDoneSaysWhy(String command, int exitCode, String message) {
        Cli cli = Cli.run(command.replaceAll(" S\\b", " " + SCENARIO).split(" +", -1));

        assertThat(cli.err()).contains(message).doesNotContain("\tat ");
        assertThat(cli.err().lines())
                .as("the answer is not pushed out of sight")
                .hasSizeLessThan(30);
        assertThat(cli.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void diffSaysWhatChangesInMeaning() throws IOException {
        String before = Files.readString(Path.of(SCENARIO));
        String after = Files.writeString(
                        directory.resolve("after.yaml"),
                        before.replace("ports: 3306, source", "ports: 3307, source")
                                .replaceAll("(?s)\ntests:.*", "\n"))
                .toString();

        Cli diff = Cli.run("diff", SCENARIO, after);

        assertThat(diff.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(diff.out().lines())
                .containsExactly(
                        "orders-1 (10.0.2.10, 2001:db8:2::10)",
                        "  + ingress tcp 3307 from 10.0.1.10/32, 2001:db8:1::10/128",
                        "  - ingress tcp 3306 from 10.0.1.10/32, 2001:db8:1::10/128",
                        "orders-2 (10.0.2.11, 2001:db8:2::11)",
                        "  + ingress tcp 3307 from 10.0.1.10/32, 2001:db8:1::10/128",
                        "  - ingress tcp 3306 from 10.0.1.10/32, 2001:db8:1::10/128");
        assertThat(Cli.run("diff", "--output", "json", SCENARIO, after).out())
                .startsWith("[{\"instance\":\"orders-1\",\"kind\":\"changed\",\"addresses\":[\"10.0.2.10/32\",")
                .contains("{\"direction\":\"ingress\",\"now\":\"ACCEPT\",\"protocols\":\"tcp\","
                        + "\"selectors\":[[3307,3307]],\"peers\":[\"10.0.1.10/32\",");
    }

    @Test
    void diffNamesAPromiseThatIsNoLongerMade() throws IOException {
        String promise = "invariants: [{ name: quiet, never: { from: any, to: any, protocol: udp, ports: 69 } }]\n";
        String before = Files.writeString(
                        directory.resolve("before.yaml"), Files.readString(Path.of(SCENARIO)) + promise)
                .toString();

        Cli diff = Cli.run("diff", before, SCENARIO);

        assertThat(diff.out()).isEqualTo("invariant \"quiet\" removed\n");
        assertThat(diff.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(Cli.run("diff", "--output", "json", before, SCENARIO).out())
                .isEqualTo("[{\"invariant\":\"\\\"quiet\\\"\",\"kind\":\"removed\"}]\n");
    }

    @Test
    void diffIsSilentAboutWordsThatMeanTheSame() throws IOException {
        String renamed = Files.writeString(
                        directory.resolve("renamed.yaml"),
                        Files.readString(Path.of(SCENARIO)).replace("sg-0123ec2example", "sg-app"))
                .toString();

        Cli diff = Cli.run("diff", SCENARIO, renamed);

        assertThat(diff.out()).isEqualTo("No change in meaning.\n");
        assertThat(diff.exitCode()).isZero();
    }

    @Test
    void theRulesetIsPrintedForEitherBackend() {
        assertThat(Cli.run("ruleset", "--backend", "iptables").out()).contains("-j NFQUEUE --queue-num 4700");
        assertThat(Cli.run("ruleset", "--backend", "nft").out())
                .contains("table inet secgroupd")
                .contains("queue");
    }
}
