package io.secgroupd.daemon.cli;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.testkit.CaptureBytes;
import io.secgroupd.daemon.testkit.DecidedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From refusals in a record to rules that allow them, as an operator gets there. */
class SuggestCommandTest {

    private static final String RULES = """
            version: 1
            include: [suggested*.yaml]
            prefix_lists:
              pl-offices: { entries: [203.0.113.0/24] }
            security_groups:
              sg-app: { inbound: [{ protocol: tcp, ports: 443, source: any }] }
              sg-db: { name: orders-db, outbound: [] }
            instances:
              app-1: { addresses: [10.0.1.10], security_groups: [sg-app] }
              app-2: { addresses: [10.0.1.11], security_groups: [sg-app] }
            clusters:
              orders:
                security_groups: [sg-db]
                instances: { orders-1: { addresses: [10.0.2.10] }, orders-2: { addresses: [10.0.2.11] } }
            """;

    private static final String FRAGMENT = """
            # 3 rules would allow 13 of 20 connections in LOG; the others are allowed already.
            # Read what each rule rests on, and take out what should stay refused. Then include this file in the rules file, and give
            # the instances and clusters the groups as it says above each; or write the rules into the group that they have.
            security_groups:
              # what is missing in sg-app, RULES:6
              # app-1: security_groups: [sg-app, sg-suggested-app]
              # app-2: security_groups: [sg-app, sg-suggested-app]
              sg-suggested-app:
                description: Suggested from recorded connections
                inbound:
                  # once, 2026-11-24T12:00:03Z; from 203.0.113.7; at app-1
                  - { protocol: tcp, ports: 22, source: pl-offices }
                outbound: []
              # what is missing in sg-db (orders-db), RULES:7
              # orders: security_groups: [sg-db, sg-suggested-db]
              sg-suggested-db:
                description: Suggested from recorded connections
                inbound:
                  # 11 times, 2026-11-24T12:00:01Z to 2026-11-24T12:00:02Z; from 10.0.1.10 (app-1), 10.0.1.11 (app-2); at orders-1, \
            orders-2
                  - { protocol: tcp, ports: 3306, source: sg-app }
                outbound:
                  # once, 2026-11-24T12:00:04Z; to 192.0.2.53; by orders-1
                  - { protocol: udp, ports: 53, destination: 192.0.2.53 }
            """;

    private static final List<String> LINES = List.of(
            DecidedLine.reject("ingress", "orders-1")
                    .tcp("10.0.1.10", "10.0.2.10", 3306)
                    .at(1)
                    .packets(9)
                    .observed(),
            DecidedLine.reject("ingress", "orders-2")
                    .tcp("10.0.1.11", "10.0.2.11", 3306)
                    .at(2)
                    .packets(2)
                    .text(),
            DecidedLine.reject("ingress", "app-1")
                    .tcp("203.0.113.7", "10.0.1.10", 22)
                    .at(3)
                    .text(),
            DecidedLine.reject("egress", "orders-1")
                    .udp("10.0.2.10", "192.0.2.53", 53)
                    .at(4)
                    .text(),
            DecidedLine.accept("ingress", "app-1", "sg-app")
                    .tcp("198.51.100.7", "10.0.1.10", 443)
                    .at(5)
                    .packets(7)
                    .text());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void printsAFileThatCheckAcceptsAndWithWhichNothingIsRefused() throws IOException {
        Path log = log(LINES);

        Cli suggest = suggest(log);

        assertThat(suggest.out().replace(log.toString(), "LOG").replace(rules().toString(), "RULES"))
                .isEqualTo(FRAGMENT);
        assertThat(suggest.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Cli.run("replay", "--rules", rules().toString(), log.toString())
                        .exitCode())
                .isEqualTo(ExitCode.NO);
        Files.writeString(directory.resolve("suggested.yaml"), suggest.out());
        assertThat(Cli.run("check", rules().toString()).exitCode()).isEqualTo(ExitCode.DONE);
        associate();
        assertThat(Cli.run("check", rules().toString()).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Cli.run("replay", "--rules", rules().toString(), log.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    /** Does what the comments of the fragment say. */
    private void associate() throws IOException {
        Files.writeString(
                rules(),
                RULES.replace("security_groups: [sg-app]", "security_groups: [sg-app, sg-suggested-app]")
                        .replace("security_groups: [sg-db]", "security_groups: [sg-db, sg-suggested-db]"));
    }

    @Test
    void aFilterChoosesThePartThatIsAskedAbout() throws IOException {
        Cli suggest = suggest(log(LINES), "--instance", "app-1");

        assertThat(suggest.out()).contains("sg-suggested-app:").doesNotContain("sg-suggested-db");
    }

    @Test
    void whatTheRulesAllowByNowNeedsNothing() throws IOException {
        Cli suggest = suggest(log(LINES.subList(4, 5)));

        assertThat(suggest.out()).isEmpty();
        assertThat(suggest.err()).contains("nothing to suggest").contains("allow 7 connections already");
        assertThat(suggest.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aCaptureIsARecordToo() throws IOException {
        Path capture = Files.write(
                directory.resolve("capture"),
                CaptureBytes.pcap(CaptureBytes.RAW, List.of(tcp("10.0.1.10", 40000, "10.0.2.10", 5432, "S"))));

        assertThat(suggest(capture).out()).contains("- { protocol: tcp, ports: 5432, source: sg-app }");
        assertThat(suggest(capture, "--port", "5432").err()).contains("choose lines of a flow log");
    }

    @Test
    void jsonHasTheRulesTheirEvidenceAndTheFile() throws IOException {
        Cli suggest = suggest(log(LINES), "--output", "json");

        assertThat(suggest.out())
                .contains("\"allowed\":7,\"needed\":13")
                .contains("{\"direction\":\"ingress\",\"protocol\":\"tcp\",\"ports\":\"3306\",\"icmp_type\":null,"
                        + "\"icmp_code\":null,\"peers\":[\"sg-app\"],\"count\":11,\"first\":\"2026-11-24T12:00:01Z\"")
                .contains("\"fragment\":\"# 3 rules would allow");
    }

    @Test
    void anAddressThatNoInstanceListsIsSaidAndNothingIsSuggestedForIt() throws IOException {
        Cli suggest = suggest(log(List.of(DecidedLine.reject("ingress", "elsewhere")
                .tcp("198.51.100.7", "10.77.0.1", 22)
                .at(1)
                .text())));

        assertThat(suggest.err()).contains("1 connections were refused at addresses that no instance lists");
        assertThat(suggest.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void aPrefixThatIsNoneIsAMisuse() throws IOException {
        assertThat(suggest(log(LINES), "--widest", "/33").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(suggest(log(LINES), "--widest", "wide").err()).contains("write /24, or /24,/64");
    }

    private Path rules() throws IOException {
        Path file = directory.resolve("rules.yaml");
        return Files.exists(file) ? file : Files.writeString(file, RULES);
    }

    private Path log(List<String> lines) throws IOException {
        return Files.write(directory.resolve("flows.log"), lines);
    }

    private Cli suggest(Path record, String... options) throws IOException {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "suggest";
        arguments[1] = "--rules";
        arguments[2] = rules().toString();
        arguments[3] = record.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Cli.run(arguments);
    }
}
