package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.nfqueue.QueueStats;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Load;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.UdpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fifty policies in ten seconds while connections come as fast as they can: all of them allow 80 and deny 81 and 54. */
@NetnsTest
@Tag("alone")
class ReloadUnderLoadIT {

    private static final String ACCEPTED = "ingress ACCEPT rule";
    private static final String REJECTED = "ingress REJECT no-matching-rule";
    private static final int RELOADS = 50;
    private static final Duration EACH = Duration.ofMillis(200);

    @AutoClose
    private final JudgedHost host = new JudgedHost(rules(0));

    @Test
    void noAllowedConnectionFailsNoDeniedOneSucceedsAndNoQueueDrops() throws IOException {
        usePortsAgainAndAgain();
        TcpService open = TcpService.listenForMany(host.server, 80);
        TcpService shut = TcpService.listen(host.server, 81);
        UdpService denied = UdpService.listen(host.server, 54);
        host.start();
        letNeighboursMeet();
        Tally tally = host.tally();
        AdminSocket socket = host.socket();
        AdminClient admin = new AdminClient(socket.path());
        Tally client = Tally.of(host.client, host.daemon());
        Load allowed4 = Load.ofConnections(host.client, SERVER_4, 80, open, 2);
        Load allowed6 = Load.ofConnections(host.client, SERVER_6, 80, open, 2);
        Load rejected = Load.ofDatagrams(host.client, SERVER_4, 54);

        long began = System.nanoTime();
        try (allowed4;
                allowed6;
                rejected) {
            for (int i = 1; i <= RELOADS; i++) {
                long begin = System.nanoTime();
                replaceRules(rules(i));
                assertThat(admin.ask("POST", "/reload", "application/json").status())
                        .isEqualTo(200);
                host.cable.send(JudgedHost.toServer(4).tcp(20_000 + i, 81, 0x02));
                await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - begin >= EACH.toNanos());
            }
        }

        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        QueueStats queue = host.server.call(() -> QueueStats.read(4700)).orElseThrow();
        assertThat(queue.queueDropped() + queue.userDropped()).isZero();
        assertThat(tally.stack("TcpExt ListenOverflows"))
                .as("the service keeps up")
                .isZero();
        long connections = allowed4.done() + allowed6.done();
        assertThat(allowed4.failed() + allowed6.failed()).isZero();
        assertThat(shut.acceptedConnections()).isZero();
        assertThat(denied.receivedDatagrams()).isZero();
        long denials = rejected.done() + RELOADS;
        assertThat(client.stack("TcpExt TCPSynRetrans"))
                .as("SYNs that a client had to repeat")
                .isZero();
        assertThat(socket.metrics().gauge("secgroupd_policy_generation")).isEqualTo(1 + RELOADS);
        long byKernel = (long) socket.metrics().counter("secgroupd_refused_by_kernel_total");
        tally.assertDecisions(ACCEPTED + " " + connections, REJECTED + " " + (denials - byKernel));
        System.out.println(RELOADS + " reloads in " + seconds + " s: " + connections + " connections made, "
                + rejected.done() + " first packets rejected, " + byKernel
                + " of them by the kernel, none wrong, none dropped, none repeated");
    }

    /** More connections than ports: the kernel takes most SYNs for a part of the connection that was reset before. */
    private void usePortsAgainAndAgain() {
        host.client.sysctl("net/ipv4/ip_local_port_range", "30000 33999");
    }

    /** Of a burst to a neighbour whose address is still asked for, the kernel drops what it cannot keep. */
    private void letNeighboursMeet() {
        JudgedHost.assertOpen(host.client, SERVER_4, 80);
        JudgedHost.assertOpen(host.client, SERVER_6, 80);
    }

    /** Other groups, other rules, another number of them each time. */
    private static String rules(int number) {
        return """
                version: 1
                security_groups:
                  sg-web-%1$d:
                    inbound:
                      - { protocol: tcp, ports: 80, source: any }
                      - { protocol: tcp, ports: "%2$d-%3$d", source: 192.0.2.0/24 }
                instances:
                  web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web-%1$d] }
                """.formatted(number, 1000 + number, 2000 + number);
    }

    private void replaceRules(String rules) throws IOException {
        Path next = Files.writeString(host.directory.resolve("rules.next"), rules);
        Files.move(next, host.rulesFile, StandardCopyOption.ATOMIC_MOVE);
    }
}
