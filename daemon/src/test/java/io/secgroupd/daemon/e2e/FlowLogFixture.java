package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;

/** A host with one web server, whose flow log is a file of the test's, and sums over its lines and over the metrics. */
abstract class FlowLogFixture {

    /** Nothing listens there, and no rule allows it: each datagram is a decision of its own. */
    static final int CLOSED = 9999;

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

    @AutoClose
    final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
    }

    Path log() {
        return host.directory.resolve("flows.log");
    }

    RunningDaemon start(String flowLog) {
        return host.start("flow_log: { path: " + log() + ", " + flowLog + " }\ncache: off");
    }

    void sendRejected(int port, int count) {
        UdpClient.in(host.client).send(SERVER_4, port, count);
    }

    void assertVerdictsGoOn() {
        host.assertOpen(80);
    }

    /** Waits until this file and the old ones hold so many. */
    static void awaitRecorded(Path log, long decisions) {
        await().until(() -> Files.isRegularFile(log) && FlowLogFiles.decisionsIn(log) == decisions);
    }

    void awaitDecisions(long count) {
        await().until(() -> decisions() == count);
    }

    long decisions() {
        return (long) host.socket().metrics().counter("secgroupd_decisions_total");
    }

    /** Decisions of which no line tells. */
    long lost() {
        return (long) host.socket().metrics().counter("secgroupd_flowlog_lost_total");
    }

    static long sum(List<FlowLine> lines, String field) {
        return lines.stream().mapToLong(line -> Math.max(0, line.number(field))).sum();
    }

    static void assertThatTheSequenceHasNoGap(List<FlowLine> lines) {
        assertThat(lines)
                .extracting(line -> line.number("seq"))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, lines.size()).boxed().toList());
    }
}
