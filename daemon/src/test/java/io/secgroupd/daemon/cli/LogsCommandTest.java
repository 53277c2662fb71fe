package io.secgroupd.daemon.cli;

import static io.secgroupd.daemon.flowlog.read.LogText.accept;
import static io.secgroupd.daemon.flowlog.read.LogText.append;
import static io.secgroupd.daemon.flowlog.read.LogText.lost;
import static io.secgroupd.daemon.flowlog.read.LogText.reject;
import static io.secgroupd.daemon.flowlog.read.LogText.vpcAccept;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.rules.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints, and its exit codes. */
class LogsCommandTest {

    private static final int COLUMNS = 120;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path log;

    @BeforeEach
    void write() {
        log = directory.resolve("flows.log");
        append(log, accept(1) + reject(2, 312) + lost(3, 1234));
    }

    @Test
    void linesStandInColumnsAndIpv6Fits() {
        Cli logs = logs();

        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().replace('~', '…')).isEqualTo("""
                UTC                       SERVICE      SOURCE               DESTINATION          INSTANCE   WHY
                11-24 12:00:01 ACCEPT in  tcp 3306     10.0.1.10            10.0.2.10            orders-1   sg-db sgr-mysql
                11-24 12:00:02 REJECT in  tcp 22       2001:db8:…:fe12:3456 2001:db8:2::10       orders-1   no-matching-rule x312
                11-24 12:00:03 LOST   1,234 decisions are not in the log: it had no room for them
                """);
        assertThat(logs.err()).isEmpty();
    }

    /** It is written when its window ends, which is not when it happened. */
    @Test
    void aLineThatStandsForSeveralIsShownAtTheTimeOfTheLast() {
        append(log, reject(14, 2).replaceAll("(\"last\":\"[^\"]*):14", "$1:09"));

        assertThat(logs().out().lines()).last().asString().startsWith("11-24 12:00:09 REJECT");
    }

    @Test
    void theRepeatsOfASynAreNoFurtherConnections() {
        append(log, accept(4).replace("\"packets\":1", "\"packets\":2").replace("}", ",\"repeat\":true}"));

        Cli logs = logs();

        assertThat(logs.out().lines())
                .last()
                .asString()
                .startsWith("11-24 12:00:04 ACCEPT in  tcp 3306")
                .endsWith(" repeat x2 sgr-mysql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--summary", "--top pair", "--top src", "--top rule", "--color always"})
    void nothingIsLongerThanAScreen(String options) {
        append(log, reject(4, 5).replace("2001:db8:2::10", "2001:db8:2:3:4444:5555:6666:7777"));
        append(log, accept(5).replace("sgr-mysql", "sgr-" + "f".repeat(80)).replace("orders-1", "i".repeat(60)));
        append(log, accept(6).replace("\"tcp\"", "\"icmpv6\"").replace("3306", "null"));

        Cli logs = logs(options.isEmpty() ? new String[0] : options.split(" "));

        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().replaceAll("\u001b\\[[0-9;]*m", "").lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
    }

    @Test
    void colourIsForTerminalsAndForWhoeverAsks() {
        assertThat(logs("--summary").out()).doesNotContain("\u001b");
        assertThat(logs("--color", "always").out()).contains("\u001b[31mREJECT\u001b[0m", "\u001b[32mACCEPT\u001b[0m");
    }

    @Test
    void rankingCountsPackets() {
        Cli logs = logs("--top", "src");

        assertThat(logs.out().lines())
                .startsWith("2026-11-24 12:00:01 to 2026-11-24 12:00:03 UTC, 313 packets in 3 lines")
                .anyMatch(line -> line.startsWith("  312   99.7 %  2001:db8:ffff:1:5054:ff:fe12:3456  "))
                .anyMatch(line -> line.startsWith("    1    0.3 %  10.0.1.10 "))
                .last()
                .asString()
                .startsWith("1,234 more decisions are not in the log");
        assertThat(logs("--top", "rule", "--limit", "1").out())
                .contains("(no-matching-rule)", "1 more")
                .doesNotContain("sgr-mysql");
        assertThat(logs("--top", "port").out()).contains("tcp 22", "tcp 3306");
        assertThat(logs("--top", "pair").out()).contains("10.0.1.10 > 10.0.2.10");
    }

    @Test
    void summaryAndRankingAsJson() {
        assertThat(logs("--summary", "--output", "json").out())
                .contains("\"packets\":313,\"accepted\":1,\"rejected\":312,\"lost\":1234")
                .contains("\"most_used_rules\":[{\"key\":\"sg-db sgr-mysql\",\"packets\":1")
                .contains("\"over_time\":[{\"key\":\"12:00:00\"");
        assertThat(logs("--top", "dst", "--output", "json").out())
                .contains("\"by\":\"dst\",\"keys\":2,\"top\":[{\"key\":\"2001:db8:2::10\",\"packets\":312");
    }

    @Test
    void jsonComesOutAsItIsAndVpcWithWhatItKnows() {
        append(log, vpcAccept(4));

        assertThat(logs("--output", "json").out()).isEqualTo(accept(1) + reject(2, 312) + lost(3, 1234) + """
                {"time":"2026-11-24T12:00:04.000Z","seq":null,"start":null,"host":"db.example",\
                "verdict":"ACCEPT","reason":"rule","direction":null,"instance":"orders-1",\
                "group":"sg-db","rule":"sgr-mysql","protocol":"tcp",\
                "src":"10.0.1.10","sport":40000,"dst":"10.0.2.10","dport":3306,\
                "icmp_type":null,"icmp_code":null,"tcp_flags":null,"in":null,"generation":null,\
                "packets":1,"first":"2026-11-24T12:00:04.000Z","last":"2026-11-24T12:00:04.000Z","bytes":40}
                """);
    }

    @Test
    void vpcComesOutAsItIsAndJsonCutDownToIt() {
        append(log, vpcAccept(4));

        assertThat(logs("--output", "vpc").out()).isEqualTo("""
                2 db.example orders-1 10.0.1.10 10.0.2.10 40000 3306 6 1 - 1795521601 1795521601 ACCEPT OK \
                sg-db sgr-mysql rule
                2 db.example orders-1 2001:db8:ffff:1:5054:ff:fe12:3456 2001:db8:2::10 40000 22 6 312 - \
                1795521602 1795521602 REJECT OK - - no-matching-rule
                2 db.example - - - - - - 1234 - 1795521603 1795521603 - SKIPDATA - - -
                """ + vpcAccept(4));
    }

    @Test
    void linesOfTheVpcFormatAreShownInOrderOfTime() throws IOException {
        Files.writeString(log, vpcAccept(14) + vpcAccept(15) + vpcAccept(6) + vpcAccept(16));

        assertThat(logs().out().lines().skip(1).map(line -> line.substring(12, 14)))
                .containsExactly("06", "14", "15", "16");
    }

    /** Escape sequences and what begins them in C1, writing direction, line ends of Unicode, no width, tags, half a pair. */
    private static final String EVIL =
            "\u001b[2J\u009b31m\u202e\u2066\u2028\u200b\u200d\u2060\ufeff\u007f\u0085\udb40\udc41\u00ad";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--summary",
                "--top src",
                "--top dst",
                "--top port",
                "--top rule",
                "--top pair",
                "--output vpc"
            })
    void whatATerminalWouldObeyIsNotPrinted(String options) throws IOException {
        Files.writeString(log, "");
        for (String value : List.of("orders-1", "10.0.1.10", "10.0.2.10", "sg-db", "sgr-mysql", "db.example")) {
            append(log, accept(4).replace(value, EVIL.replaceAll("[\u001b\u007f]", "")));
            append(log, vpcAccept(5).replace(value, EVIL));
        }
        append(log, vpcAccept(5).replace("3306", EVIL) + vpcAccept(5).replace("40000", EVIL));
        append(log, reject(6, 2).replace("no-matching-rule", "\\u001b[2J\\u202e"));
        append(log, EVIL + "\n");

        Cli logs = logs(options.isEmpty() ? new String[0] : options.split(" "));

        assertThat(logs.exitCode()).isZero();
        assertThat((logs.out() + logs.err()).codePoints().filter(c -> c != '\n'))
                .allMatch(Printable::is);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output json", "--top rule --output json", "--summary --output json"})
    void jsonEscapesWhatATerminalWouldObeyAndMeansTheSame(String options) throws IOException {
        String evil = EVIL.replaceAll("[\u001b\u007f]", "");
        Files.writeString(
                log, accept(4).replace("sgr-mysql", evil) + vpcAccept(5).replace("sgr-mysql", evil));

        Cli logs = logs(options.split(" "));

        assertThat(logs.out().codePoints().filter(c -> c != '\n')).allMatch(Printable::is);
        assertThat(logs.out())
                .contains("\\u009b31m\\u202e\\u2066\\u2028\\u200b")
                .contains("\\udb40\\udc41");
    }

    @Test
    void theNameOfAFileIsNoCommandForATerminal() {
        Path evil = directory.resolve("flows.log." + EVIL);
        append(evil, "");

        assertThat(logs().err()).contains("was not read").doesNotContain("\u001b", "\u202e", "\u009b");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            --reject,                        1
            --accept,                        1
            --accept --reject,               2
            --src 10.0.0.0/8,                1
            --src 10.0.1.10 --dst 10.0.2.10, 1
            '--port 22,80',                  1
            --port 3300-3400,                1
            --protocol tcp,                  2
            --group sg-db,                   1
            --rule sgr-mysql,                1
            --instance orders-1,             2
            --since 2026-11-24T12:00:02Z,    1
            --until 2026-11-24T12:00:01Z,    1
            --since 2026-11-24,              2
            """)
    void filters(String options, int lines) {
        Cli logs = logs(options.split(" "));

        assertThat(logs.exitCode()).isZero();
        assertThat(logs.out().lines().filter(line -> line.matches(".* (ACCEPT|REJECT) .*")))
                .hasSize(lines);
    }

    @Test
    void nothingThatFitsIsANo() {
        Cli logs = logs("--rule", "sgr-unknown", "--until", "2026-11-24T12:00:02Z");

        assertThat(logs.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(logs.err()).contains("no line");
        assertThat(logs("--since", "1s").exitCode()).isEqualTo(ExitCode.NO);
    }

    @Test
    void damagedLinesAreNamedOnTheErrorStream() {
        append(log, "{\"time\":\n");

        Cli logs = logs("--top", "src");

        assertThat(logs.exitCode()).isZero();
        assertThat(logs.err()).isEqualTo(log + ":4: damaged or half-written line\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --since yesterday    | not a time
            --src db             | --src
            --port http          | 443 or 8000-8100
            --protocol http      | tcp, udp, icmp
            --top src --summary  | ask for one
            --top src --follow   | --follow shows lines
            --top src --output vpc | text or json
            --follow --until 1h  | no end
            """)
    void whatDoesNotGoIsSaidWithWhatDoes(String options, String sentence) {
        Cli logs = logs(options.split(" "));

        assertThat(logs.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(logs.err()).contains(sentence);
    }

    @Test
    void aMissingFileIsSaidWithWhatToDo() {
        Cli logs = Cli.run("logs", directory.resolve("none.log").toString());

        assertThat(logs.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(logs.err()).contains("there is no " + directory.resolve("none.log"), "--config");
    }

    @Test
    void theFileIsThatOfTheHostSettings() throws IOException {
        Path config = Files.writeString(directory.resolve("daemon.yaml"), "flow_log: { path: " + log + " }\n");

        assertThat(Cli.run("logs", "--config", config.toString(), "--reject").exitCode())
                .isZero();
    }

    @Test
    void helpFitsAScreen() {
        Cli help = Cli.run("logs", "--help");

        assertThat(help.out().lines()).hasSizeLessThanOrEqualTo(42);
        assertThat(help.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(COLUMNS));
    }

    private Cli logs(String... options) {
        List<String> arguments = new ArrayList<>(List.of("logs", log.toString()));
        arguments.addAll(List.of(options));
        return Cli.run(arguments.toArray(String[]::new));
    }
}
