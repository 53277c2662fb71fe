package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.FlowFilter;
import io.secgroupd.daemon.flowlog.read.FlowLogReader;
import io.secgroupd.daemon.flowlog.read.UnreadableLines;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.rules.net.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real writer turns its file over and compresses it many times a second, and who follows misses nothing. */
class FollowedRotationTest {

    private static final int LINES = 6000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FlowRing ring = new FlowRing(1024, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
    private final List<Long> followed = new CopyOnWriteArrayList<>();
    private final UnreadableLines damage = new UnreadableLines();

    @Test
    void whoFollowsMissesNothing() throws InterruptedException {
        Thread follower = new Thread(this::follow);
        follower.start();
        PacketView packet = Records.view(tcp("10.0.1.10", "10.0.2.10", 3306, "S"));
        try (FlowLogWriter writer = FlowLogWriter.start(List.of(ring), target(), FlowTap.NONE, null)) {
            for (int i = 0; i < LINES; i++) {
                ring.record(Records.ACCEPTED, null, packet, Hook.INPUT, 1, 1);
                if (i % 100 == 99) {
                    ring.endOfBurst();
                    await().pollInterval(Duration.ofMillis(1)).until(ring::isEmpty);
                }
            }
            assertThat(writer.lost()).isZero();
            await().until(() -> followed.size() >= LINES);
        }
        follower.interrupt();
        follower.join();

        assertThat(followed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, LINES).boxed().toList());
        assertThat(damage.take()).isEmpty();
        assertThat(directory.toFile().list()).hasSizeGreaterThan(10);
    }

    private FlowLogTarget target() {
        return new FlowLogTarget(
                directory.resolve("flows.log"),
                FlowLogFormat.JSON,
                "ab12cd34",
                "db.example",
                Duration.ZERO,
                1 << 16,
                1000);
    }

    private void follow() {
        try {
            new FlowLogReader(
                            directory.resolve("flows.log"),
                            new FlowFilter(),
                            line -> followed.add(line.number(Field.SEQ)),
                            damage)
                    .follow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test has seen enough
        }
    }
}
