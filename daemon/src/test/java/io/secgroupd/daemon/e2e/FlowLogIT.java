package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The record of decisions on real packets: what each line says, and that records and SKIPDATA together are the decisions in
 * the metrics, and these the packets that were sent.
 */
@NetnsTest
class FlowLogIT {

    private static final String PROGRAM =
            Path.of("target/dist/bin/secgroupd").toAbsolutePath().toString();
    private static final Duration ONE_SYN = Duration.ofMillis(900);
    /** Nothing listens there, and no rule allows it: each datagram is a decision of its own. */
    private static final int CLOSED = 9999;
    /** More than can wait for the writer. */
    private static final int MORE_THAN_FIT = 40_000;
    /** Fewer than fit into the kernel's queue, so that it drops none. */
    private static final int STEP = 8_000;

    private static final Pattern DECISIONS = Pattern.compile("secgroupd_decisions_total\\{[^}]*} ([0-9.E]+)");
    private static final Pattern LOST = Pattern.compile("secgroupd_flowlog_lost_total ([0-9.E]+)");
    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any, id: sgr-web }
                  - { protocol: icmp, icmp_type: 8, source: any, id: sgr-ping }
                outbound: []
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Path log;

    @BeforeEach
    void writeRules() throws IOException {
        TcpService.listen(server, 80);
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        log = directory.resolve("flows.log");
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aLineSaysWhatWasAskedAndWhyItWasAnsweredSo() {
        RunningDaemon daemon = start("aggregate: 0s");
        sendOneOfEach();
        awaitDecisions(5);
        daemon.stop();

        assertThat(FlowLogFiles.linesOf(log))
                .extracting(FlowLogIT::question)
                .containsExactly(
                        "ACCEPT rule sg-web sgr-web tcp 198.51.100.7 10.0.1.10 80 null/null flags 2",
                        "REJECT no-matching-rule null null tcp 2001:db8:ffff::7 2001:db8:1::10 22 null/null flags 2",
                        "REJECT no-matching-rule null null udp 198.51.100.7 10.0.1.10 9999 null/null flags null",
                        "ACCEPT rule sg-web sgr-ping icmp 198.51.100.7 10.0.1.10 null 8/0 flags null",
                        "REJECT no-matching-rule null null icmpv6 2001:db8:ffff::7 2001:db8:1::10 null 128/0 flags null");
        assertThat(FlowLogFiles.linesOf(log)).allSatisfy(line -> {
            assertThat(line.text("instance")).isEqualTo("web");
            assertThat(line.text("direction")).isEqualTo("ingress");
            assertThat(line.text("in")).isEqualTo("eth0");
            assertThat(line.number("generation")).isEqualTo(1);
            assertThat(line.number("packets")).isEqualTo(1);
        });
    }

    @Test
    void aVpcLineSaysTheSameInItsFields() throws IOException {
        RunningDaemon daemon = start("aggregate: 0s, format: vpc");
        sendOneOfEach();
        await().until(() -> Files.exists(log) && Files.readString(log).lines().count() == 5);
        daemon.stop();

        assertThat(Files.readString(log)
                        .replaceFirst("^2 \\S+ ", "2 HOST ")
                        .replaceAll("\n2 \\S+ ", "\n2 HOST ")
                        .replaceAll(" (\\d+) \\d{10} \\d{10} ", " BYTES START END ")
                        .replaceAll(" \\d{5} (\\d+ (6|17)) ", " SPORT $1 "))
                .isEqualTo("""
                        2 HOST web 198.51.100.7 10.0.1.10 SPORT 80 6 1 BYTES START END ACCEPT OK sg-web sgr-web rule
                        2 HOST web 2001:db8:ffff::7 2001:db8:1::10 SPORT 22 6 1 BYTES START END REJECT OK - - no-matching-rule
                        2 HOST web 198.51.100.7 10.0.1.10 SPORT 9999 17 1 BYTES START END REJECT OK - - no-matching-rule
                        2 HOST web 198.51.100.7 10.0.1.10 0 0 1 1 BYTES START END ACCEPT OK sg-web sgr-ping rule
                        2 HOST web 2001:db8:ffff::7 2001:db8:1::10 0 0 58 1 BYTES START END REJECT OK - - no-matching-rule
                        """);
    }

    @Test
    void equalRejectsAreOneLineWithTheirCount() {
        RunningDaemon daemon = start("aggregate: 1h");
        UdpClient.in(client).send("10.0.1.10", CLOSED, 250);
        UdpClient.in(client).send("10.0.1.10", CLOSED, 250);
        UdpClient.in(client).send("10.0.1.10", CLOSED + 1, 3);
        awaitMetric(DECISIONS, 503);
        daemon.stop();

        assertThat(FlowLogFiles.linesOf(log))
                .extracting(line -> line.text("dport") + " x" + line.text("packets"))
                .containsExactly(CLOSED + " x500", CLOSED + 1 + " x3");
    }

    @Test
    void whatHadNoRoomWhileTheDiskStoodStillIsCountedToTheLastPacket() throws IOException {
        client.run("mkfifo", log.toString());
        start("aggregate: 0s");
        for (int sent = STEP; sent <= MORE_THAN_FIT; sent += STEP) {
            UdpClient.in(client).send("10.0.1.10", CLOSED, STEP);
            awaitMetric(DECISIONS, sent);
        }
        assertVerdictsGoOn();

        List<FlowLine> lines = readPipe(MORE_THAN_FIT + 1);

        long lost = sum(lines, "lost");
        assertThat(lost).isPositive().isEqualTo(metric(LOST));
        assertThat(sum(lines, "packets") + lost).isEqualTo(metric(DECISIONS)).isEqualTo(MORE_THAN_FIT + 1);
        assertThatTheSequenceHasNoGap(lines);
    }

    @Test
    void overRotationAndRestartEveryPacketIsThereOnce() {
        int sent = 3000;
        for (int i = 0; i < 2; i++) {
            RunningDaemon daemon = start("aggregate: 0s, rotate: 64KiB, keep: 1000");
            UdpClient.in(client).send("10.0.1.10", CLOSED, sent);
            awaitMetric(DECISIONS, sent);
            assertThat(metric(LOST)).isZero();
            daemon.stop();
        }

        List<FlowLine> lines = linesByTheProgram();
        assertThat(directory.toFile().list((in, name) -> name.startsWith("flows.")))
                .hasSizeGreaterThan(10);
        assertThat(sum(FlowLogFiles.linesOf(log), "packets")).isEqualTo(2L * sent);
        Map<String, List<FlowLine>> byStart = lines.stream().collect(Collectors.groupingBy(line -> line.text("start")));
        assertThat(byStart).hasSize(2).allSatisfy((start, its) -> {
            assertThat(its).hasSize(sent);
            assertThatTheSequenceHasNoGap(its);
        });
    }

    @Test
    void aFullDiskStopsNoVerdictAndWritingResumes() {
        RunningDaemon daemon = startOnSmallDisk("size=64k");
        UdpClient.in(client).send("10.0.1.10", CLOSED, 500);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();

        onItsDisk(daemon, "mount", "-o", "remount,size=16m", disk().toString());

        awaitDecisions(daemon, 501);
        daemon.awaitLog("flowlog.resumed");
        assertThatNothingIsMissing(daemon, 501);
    }

    @Test
    void aReadOnlyDiskStopsNoVerdictAndWritingResumes() {
        RunningDaemon daemon = startOnSmallDisk("size=16m,ro");
        UdpClient.in(client).send("10.0.1.10", CLOSED, 100);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();

        onItsDisk(daemon, "mount", "-o", "remount,rw", disk().toString());

        awaitDecisions(daemon, 101);
        assertThatNothingIsMissing(daemon, 101);
    }

    @Test
    void aFileThatIsRemovedAndADirectoryInItsPlaceStopNothing() throws IOException {
        RunningDaemon daemon = start("aggregate: 0s");
        UdpClient.in(client).send("10.0.1.10", CLOSED, 10);
        awaitDecisions(10);
        List<FlowLine> lines = new ArrayList<>(FlowLogFiles.linesOf(log));

        Files.delete(log);
        UdpClient.in(client).send("10.0.1.10", CLOSED, 10);
        awaitDecisions(10);
        lines.addAll(FlowLogFiles.linesOf(log));

        Files.delete(log);
        Files.createDirectory(log);
        UdpClient.in(client).send("10.0.1.10", CLOSED, 10);
        daemon.awaitLog("flowlog.failed");
        assertVerdictsGoOn();
        Files.delete(log);
        awaitDecisions(11);
        lines.addAll(FlowLogFiles.linesOf(log));

        assertThat(metric(DECISIONS)).isEqualTo(31);
        assertThat(metric(LOST)).isZero();
        assertThat(lines).hasSize(31);
        assertThatTheSequenceHasNoGap(lines);
    }

    private RunningDaemon start(String flowLog) {
        return RunningDaemon.start(server, rules, directory, "flow_log: { path: " + log + ", " + flowLog + " }");
    }

    /** A disk that only the daemon sees, with the log alone on it. */
    private RunningDaemon startOnSmallDisk(String options) {
        Path disk = disk();
        log = disk.resolve("flows.log");
        String mount = "mkdir -p " + disk + " && mount -t tmpfs -o " + options + " tmpfs " + disk + " && exec \"$@\"";
        RunningDaemon daemon = RunningDaemon.launch(
                server,
                List.of("unshare", "--mount", "sh", "-c", mount, "sh"),
                rules,
                directory,
                "flow_log: { path: " + log + ", aggregate: 0s }");
        return daemon.awaitLog("daemon.ready");
    }

    private Path disk() {
        return directory.resolve("disk");
    }

    private void onItsDisk(RunningDaemon daemon, String... command) {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-t", String.valueOf(daemon.pid())));
        words.addAll(List.of(command));
        server.run(words.toArray(String[]::new));
    }

    private Path seenBy(RunningDaemon daemon) {
        return Path.of("/proc/" + daemon.pid() + "/root" + log);
    }

    private void awaitDecisions(RunningDaemon daemon, long count) {
        await().until(() -> Files.exists(seenBy(daemon)) && FlowLogFiles.decisionsIn(seenBy(daemon)) == count);
    }

    private void assertThatNothingIsMissing(RunningDaemon daemon, long sent) {
        List<FlowLine> lines = FlowLogFiles.linesOf(seenBy(daemon));
        assertThat(metric(DECISIONS)).isEqualTo(sent);
        assertThat(sum(lines, "lost")).isEqualTo(metric(LOST));
        assertThat(sum(lines, "packets") + sum(lines, "lost")).isEqualTo(sent);
        assertThatTheSequenceHasNoGap(lines);
    }

    private void sendOneOfEach() {
        assertVerdictsGoOn();
        TcpClient.in(client).assertShut("2001:db8:1::10", 22);
        UdpClient.in(client).send("10.0.1.10", CLOSED, 1);
        assertThat(answersPing("10.0.1.10")).isTrue();
        assertThat(answersPing("2001:db8:1::10")).isFalse();
    }

    private void assertVerdictsGoOn() {
        TcpClient.in(client).assertOpen("10.0.1.10", 80);
    }

    private boolean answersPing(String address) {
        return client.call(() -> InetAddress.getByName(address).isReachable((int) ONE_SYN.toMillis()));
    }

    private static String question(FlowLine line) {
        return String.join(
                        " ",
                        List.of("verdict", "reason", "group", "rule", "protocol", "src", "dst", "dport").stream()
                                .map(line::text)
                                .toList())
                + " " + line.text("icmp_type") + "/" + line.text("icmp_code") + " flags " + line.text("tcp_flags");
    }

    private void awaitDecisions(long count) {
        await().until(() -> Files.isRegularFile(log) && FlowLogFiles.decisionsIn(log) == count);
    }

    private List<FlowLine> readPipe(long decisions) throws IOException {
        List<FlowLine> lines = new ArrayList<>();
        long seen = 0;
        try (BufferedReader pipe = Files.newBufferedReader(log)) {
            while (seen < decisions) {
                FlowLine line = FlowLine.parse(pipe.readLine() + "\n").get(0);
                lines.add(line);
                seen += line.decisions();
            }
        }
        return lines;
    }

    /** By our own reader, which puts the files in order. */
    private List<FlowLine> linesByTheProgram() {
        return FlowLine.parse(server.run(PROGRAM, "logs", log.toString(), "--output", "json"));
    }

    private static long sum(List<FlowLine> lines, String field) {
        return lines.stream().mapToLong(line -> Math.max(0, line.number(field))).sum();
    }

    private static void assertThatTheSequenceHasNoGap(List<FlowLine> lines) {
        assertThat(lines)
                .extracting(line -> line.number("seq"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines.size()).boxed().toList());
    }

    private void awaitMetric(Pattern metric, long value) {
        await().ignoreExceptions().until(() -> metric(metric) == value); // the socket comes after the packets
    }

    private long metric(Pattern metric) {
        String text = server.run(
                "curl",
                "-s",
                "--unix-socket",
                directory.resolve(server.name() + ".sock").toString(),
                "http://localhost/metrics");
        return (long) metric.matcher(text)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }
}
