package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.ManyFlows;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.UdpService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** While one policy replaces the other without a break, each packet is judged by a whole one, and counted once. */
@NetnsTest
class ReloadStormIT {

    private static final int FLOWS = 600;
    private static final int REJECTED = 300;
    private static final int ALLOWED_BY_BOTH = 5353;
    private static final int ALLOWED_BY_NEITHER = 9999;

    private static final int FEWEST_VERSIONS = 5;

    @AutoClose
    private final JudgedHost host = new JudgedHost();

    @Test
    void everyPacketIsJudgedByAWholePolicyAndCountedOnce() throws Exception {
        UdpService.listen(host.server, ALLOWED_BY_BOTH);
        host.rules(rules(1));
        RunningDaemon daemon = host.start("cache: off"); // each packet is to be judged
        var over = new AtomicBoolean();
        CompletableFuture<Void> storm = CompletableFuture.runAsync(() -> reloadUntil(over));

        try (ManyFlows flows = ManyFlows.open(host.client, "10.0.1.10", ALLOWED_BY_BOTH, FLOWS)) {
            assertThat(flows.answered()).isEqualTo(FLOWS);
        }
        sendRejected();
        over.set(true);
        storm.get();

        await().untilAsserted(() -> {
            Exposition metrics = Exposition.parse(ask("GET", "/metrics"));
            assertThat(metrics.counter("secgroupd_decisions_total", "verdict=ACCEPT", "reason=rule"))
                    .isEqualTo(FLOWS);
            assertThat(metrics.counter("secgroupd_decisions_total", "verdict=REJECT", "reason=no-matching-rule"))
                    .isEqualTo(REJECTED);
            assertThat(metrics.counter("secgroupd_decisions_total")).isEqualTo(FLOWS + REJECTED);
            assertThat(metrics.counter("secgroupd_rule_hits_total", "rule=sgr-both"))
                    .isEqualTo(FLOWS);
            assertThat(metrics.gauge("secgroupd_policy_generation")).isGreaterThanOrEqualTo(FEWEST_VERSIONS);
            assertThat(metrics.counter("secgroupd_policy_reload_failures_total"))
                    .isZero();
        });
        assertThat(daemon.stop()).isZero();
        assertThat(FlowLogFiles.decisionsIn(host.flowLog())).isEqualTo(FLOWS + REJECTED);
    }

    private static String rules(int version) {
        return """
                version: 1
                security_groups:
                  sg-dns:
                    inbound:
                      - { protocol: tcp, ports: %d, source: any }
                      - { protocol: udp, ports: %d, source: any, id: sgr-both }
                    outbound: []
                instances:
                  dns: { addresses: [10.0.1.10], security_groups: [sg-dns] }
                """.formatted(version, ALLOWED_BY_BOTH);
    }

    private void reloadUntil(AtomicBoolean over) {
        try {
            for (int version = 2; !over.get() || version <= FEWEST_VERSIONS; version++) {
                Path next = Files.writeString(host.directory.resolve("next"), rules(version));
                Files.move(next, host.rulesFile, StandardCopyOption.ATOMIC_MOVE);
                ask("POST", "/reload");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void sendRejected() {
        host.client.call(() -> {
            try (DatagramChannel channel = DatagramChannel.open()) {
                for (int i = 0; i < REJECTED; i++) {
                    channel.send(
                            ByteBuffer.wrap(new byte[] {'?'}), new InetSocketAddress("10.0.1.10", ALLOWED_BY_NEITHER));
                }
                return REJECTED;
            }
        });
    }

    private String ask(String method, String path) throws IOException {
        return new AdminClient(host.socketPath())
                .ask(method, path, "application/json")
                .body();
    }
}
