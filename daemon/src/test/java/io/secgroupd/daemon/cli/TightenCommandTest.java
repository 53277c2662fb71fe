package io.secgroupd.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.testkit.DecidedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a log to rules that are as narrow as what was used of them. */
class TightenCommandTest {

    private static final String RULES = """
            version: 1
            # what the shop needs
            security_groups:
              sg-app:
                inbound:
                  - { protocol: tcp, ports: 443, source: any }
                  - { protocol: tcp, ports: [22, 8000-8100], source: 10.0.0.0/8, description: by hand }
                outbound:
                  - { protocol: tcp, ports: 3306, destination: sg-db }
              sg-db:
                inbound:
                  - { protocol: tcp, ports: 3306, source: sg-app } # the only one
                  - { protocol: icmp, source: any }
                outbound: []
              sg-old:
                inbound: [{ protocol: tcp, ports: 21, source: any }]
            instances:
              app-1: { addresses: [10.0.1.10], security_groups: [sg-app] }
              db-1: { addresses: [10.0.2.10], security_groups: [sg-db] }
              old-1: { addresses: [10.0.3.10], security_groups: [sg-old] }
            """;

    private static final String TEXT = """
            RULES:7  sg-app  tcp 22 from 10.0.0.0/8  (sgr-ID)
                seen     never
                remains  nothing
            RULES:7  sg-app  tcp 8000-8100 from 10.0.0.0/8  (sgr-ID)
                seen     3 times, 2026-11-24T12:00:41Z to 2026-11-24T12:00:43Z; from 10.0.7.8, 10.0.7.9; at app-1
                remains  { protocol: tcp, ports: 8080, source: 10.0.7.8/31 }
            RULES:13  sg-db  icmp from any  (sgr-ID)
                seen     never
                remains  nothing
            not judged: sg-old, because nothing is recorded of old-1
            3 of 6 rules can be tightened, all of them together, without refusing any of 46 connections seen \
            2026-11-24T12:00:00Z to 2026-11-24T12:00:50Z
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void namesWhatNobodyUsedAndWhatWouldRemain() throws IOException {
        Cli tighten = tighten(week());

        assertThat(tighten.out().replace(rules().toString(), "RULES").replaceAll("sgr-[0-9a-f]+", "sgr-ID"))
                .isEqualTo(TEXT);
        assertThat(tighten.exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void theWrittenFileRefusesNothingOfTheSameLogAndHasNothingToTightenAnyMore() throws IOException {
        Path log = log(week());
        Path tight = directory.resolve("tight.yaml");

        tighten(week(), "--write", tight.toString());

        assertThat(tight)
                .content()
                .contains("# what the shop needs", "# the only one", "10.0.7.8/31, description: by hand")
                .doesNotContain("22", "icmp");
        Cli replay = Cli.run("replay", "--rules", rules().toString(), "--against", tight.toString(), log.toString());
        assertThat(replay.out()).startsWith("0 of 46 flows newly refused, 0 newly allowed");
        assertThat(Cli.run("check", tight.toString()).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Cli.run("tighten", "--since", "2026-11-24", "--rules", tight.toString(), log.toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void whatWasUsedBeforeTheTimeCountsAsUnused() throws IOException {
        Cli tighten = tighten(week(), "--since", "2026-11-24T12:00:44Z", "--all-instances");

        assertThat(tighten.out()).contains("tcp 8000-8100 from 10.0.0.0/8").doesNotContain("8080");
    }

    @Test
    void whenDecisionsAreMissingInTheLogNothingIsSaidToBeUnused() throws IOException {
        List<String> lines = new ArrayList<>(week());
        lines.add(
                "{\"time\":\"2026-11-24T12:01:00.000Z\",\"seq\":99,\"start\":\"ab12cd34\",\"host\":\"h\",\"skipdata\":true,"
                        + "\"lost\":3}");

        Cli tighten = tighten(lines);

        assertThat(tighten.out()).isEmpty();
        assertThat(tighten.err()).contains("3 decisions are not in the log", "nothing can be said to be unused");
        assertThat(tighten.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anEmptyLogProvesNothing() throws IOException {
        assertThat(tighten(week(), "--since", "2026-11-25").err()).contains("nothing is recorded since then");
    }

    @Test
    void whoKnowsThatTheLogIsOfAllInstancesSaysSo() throws IOException {
        assertThat(tighten(week(), "--all-instances").out()).contains("sg-old  tcp 21 from any");
    }

    @Test
    void aTimeMustBeStated() throws IOException {
        assertThat(Cli.run("tighten", log(week()).toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(tighten(week(), "--since", "soon").err()).contains("write how long ago, such as 12h or 30d");
    }

    /** HTTPS from many strangers, the database used by the application, and one port of many by two neighbours. */
    private static List<String> week() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(DecidedLine.accept("ingress", "app-1", "sg-app")
                    .tcp((i * 6 + 1) + ".51.100.7", "10.0.1.10", 443)
                    .at(i)
                    .text());
        }
        for (int i = 0; i < 3; i++) {
            lines.add(DecidedLine.accept("ingress", "app-1", "sg-app")
                    .tcp("10.0.7." + (8 + i % 2), "10.0.1.10", 8080)
                    .at(41 + i)
                    .text());
        }
        lines.add(DecidedLine.accept("egress", "app-1", "sg-app")
                .tcp("10.0.1.10", "10.0.2.10", 3306)
                .at(44)
                .text());
        lines.add(DecidedLine.accept("ingress", "db-1", "sg-db")
                .tcp("10.0.1.10", "10.0.2.10", 3306)
                .at(44)
                .text());
        lines.add(DecidedLine.reject("ingress", "db-1")
                .tcp("198.51.100.9", "10.0.2.10", 22)
                .at(50)
                .text());
        return lines;
    }

    private Path rules() throws IOException {
        return Files.writeString(directory.resolve("rules.yaml"), RULES);
    }

    private Path log(List<String> lines) throws IOException {
        return Files.write(directory.resolve("flows.log"), lines);
    }

    private Cli tighten(List<String> lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("tighten", "--rules", rules().toString()));
        if (!List.of(options).contains("--since")) {
            arguments.addAll(List.of("--since", "2026-11-24"));
        }
        arguments.addAll(List.of(options));
        arguments.add(log(lines).toString());
        return Cli.run(arguments.toArray(String[]::new));
    }
}
