package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Policies that let an offender in and shut it out in turns, while it tries all the time, the kernel refuses it by itself, and others
 * connect: no verdict is older than the policy. {@code -Drefused.reloads=200} makes it long.
 */
@NetnsTest
@Tag("alone")
class RefusedReloadsIT {

    private static final int RELOADS = Integer.getInteger("refused.reloads", 30);
    /** A service hands out room for some ten thousand connections. */
    private static final int EACH_SERVICE = 20;

    private static final int FIRST_SERVICE = 8001;
    private static final int SYN = 0x02;
    private static final int BURST = 20;
    private static final long PAUSE_NANOS = 5_000_000;

    @AutoClose
    private final JudgedHost host = new JudgedHost(rules(0, false));

    private final AtomicLong offences = new AtomicLong();
    private volatile boolean offending = true;

    @Test
    void whoIsAllowedNowIsNeverRefusedForWhatWasRefusedBefore() throws Exception {
        TcpService.listen(host.server, 81);
        TcpService shut = TcpService.listen(host.server, 82);
        host.client.sysctl("net/ipv4/ip_local_port_range", "30000 33999");
        host.start("flow_log: { path: " + host.flowLog() + ", aggregate: 10s }");
        letNeighboursMeet();
        AdminSocket socket = host.socket();
        Tally tally = host.tally();
        Tally client = Tally.of(host.client, host.daemon());
        long byKernelBefore = byKernel(socket);
        Thread offender = new Thread(this::offend, "offender");
        offender.start();
        long connections = 0;
        for (int done = 0; done < RELOADS; done += EACH_SERVICE) {
            connections += reloadUnderLoad(socket, done, Math.min(RELOADS, done + EACH_SERVICE));
        }
        offending = false;
        offender.join();

        QueueStats queue = host.server.call(() -> QueueStats.read(4700)).orElseThrow();
        assertThat(queue.queueDropped() + queue.userDropped()).isZero();
        assertThat(tally.stack("TcpExt ListenOverflows"))
                .as("the services keep up")
                .isZero();
        assertThat(client.stack("TcpExt TCPSynRetrans"))
                .as("SYNs that a client had to repeat")
                .isZero();
        assertThat(shut.acceptedConnections()).isZero();
        long sent = connections + offences.get();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(sum(tally) + byKernel(socket) - byKernelBefore)
                        .isEqualTo(sent));
        System.out.println(
                RELOADS + " reloads: " + connections + " connections made, none of them repeated; of the offender's "
                        + offences.get() + " SYNs the kernel refused " + (byKernel(socket) - byKernelBefore));
    }

    /** Returns how many connections were made, those of the offender included. */
    private long reloadUnderLoad(AdminSocket socket, int from, int to) throws IOException {
        AdminClient admin = new AdminClient(socket.path());
        int port = FIRST_SERVICE + from / EACH_SERVICE;
        TcpService open = TcpService.listenForMany(host.server, port);
        long letIn = 0;
        try (Load allowed = Load.ofConnections(host.client, SERVER_4, port, open, 2)) {
            for (int i = from + 1; i <= to; i++) {
                boolean allows = i % 2 == 0;
                replaceRules(rules(i, allows));
                assertThat(admin.ask("POST", "/reload", "application/json").status())
                        .isEqualTo(200);
                if (allows) {
                    host.assertOpen(81);
                    letIn++;
                } else {
                    awaitThatTheKernelRefuses(socket);
                }
            }
            allowed.end();
            assertThat(allowed.failed()).isZero();
            return allowed.done() + letIn;
        }
    }

    /** Of a burst to a neighbour whose address is still asked for, the kernel drops what it cannot keep. */
    private void letNeighboursMeet() {
        TcpService.listen(host.server, FIRST_SERVICE - 1);
        host.assertOpen(FIRST_SERVICE - 1);
    }

    /**
     * To a port that is allowed at times, and to one that never is; not faster than a busy host judges them where they are let in, so
     * that no SYN is lost on the way.
     */
    private void offend() {
        for (int i = 0; offending; i++) {
            host.cable.send(JudgedHost.toServer(4).tcp(10_000 + i % 10_000, 81 + i % 2, SYN));
            offences.incrementAndGet();
            if (i % BURST == BURST - 1) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void awaitThatTheKernelRefuses(AdminSocket socket) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> socket.metrics().gauge("secgroupd_refused_keys") >= 2);
    }

    private static long byKernel(AdminSocket socket) {
        Exposition metrics = socket.metrics();
        return (long) metrics.counter("secgroupd_refused_by_kernel_total");
    }

    private static long sum(Tally tally) {
        return tally.decisions().values().stream().mapToLong(Long::longValue).sum();
    }

    private static String rules(int number, boolean offender) {
        return """
                version: 1
                security_groups:
                  sg-web-%1$d:
                    inbound:
                      - { protocol: tcp, ports: "8000-8100", source: any }
                      - { protocol: tcp, ports: "%2$d-%3$d", source: 192.0.2.0/24 }
                      - { protocol: tcp, ports: %4$d, source: any }
                instances:
                  web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web-%1$d] }
                """.formatted(number, 1000 + number, 2000 + number, offender ? 81 : 443);
    }

    private void replaceRules(String rules) throws IOException {
        Path next = Files.writeString(host.directory.resolve("rules.next"), rules);
        Files.move(next, host.rulesFile, StandardCopyOption.ATOMIC_MOVE);
    }
}
