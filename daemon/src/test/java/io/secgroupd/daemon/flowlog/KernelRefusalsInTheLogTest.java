package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.flowlog.Records.REFUSED;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.refused.FakeNftables;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.refused.RefusedKey;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel refuses by itself is in the log like what the daemon refuses. */
class KernelRefusalsInTheLogTest {

    private static final PacketView SSH = Records.view(tcp("198.51.100.7", "10.0.2.10", 22, "S"));
    private static final int BY_KERNEL = 1000;

    private final FakeNftables kernel = new FakeNftables();
    private final RefusalCache cache = new RefusalCache("it has not begun");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void thePacketsOfTheLogAreThoseOfTheDaemonAndOfTheKernel() throws IOException {
        FlowRing ring = new FlowRing(64, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
        Path log = directory.resolve("flows.log");
        int byDaemon = 0;
        try (FlowLogWriter writer = FlowLogWriter.start(List.of(ring), target(log), FlowTap.NONE, null, cache)) {
            cache.start(kernel, directory);
            ring.judgedBy(cache.edition());
            for (; byDaemon < RefusalCache.REFUSALS; byDaemon++) {
                ring.record(REFUSED, null, SSH, Hook.INPUT, 1, 7);
            }
            ring.endOfBurst();
            await().until(() -> kernel.drops(RefusedKey.of(SSH)));
            for (int i = 1; i < BY_KERNEL; i++) {
                assertThat(kernel.drops(RefusedKey.of(SSH))).isTrue();
            }
            cache.close();
            assertThat(writer.lost()).isZero();
        }

        List<FlowLine> lines = FlowLogFiles.linesOf(log);
        assertThat(lines)
                .extracting(line -> line.number("packets"))
                .containsExactly(1L, (long) byDaemon - 1 + BY_KERNEL);
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.text("verdict")).isEqualTo("REJECT");
            assertThat(line.text("reason")).isEqualTo("no-matching-rule");
            assertThat(line.text("src")).isEqualTo("198.51.100.7");
            assertThat(line.number("dport")).isEqualTo(22);
            assertThat(line.number("generation")).isEqualTo(7);
        });
    }

    private static FlowLogTarget target(Path log) {
        return new FlowLogTarget(log, FlowLogFormat.JSON, "0badcafe", "host", Duration.ofMinutes(1), 1 << 30, 1);
    }
}
