package io.secgroupd.daemon.flowlog;

import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.terms.FlowLogFormat;
import io.secgroupd.rules.net.Hook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who listens gets JSON, whatever the file is written in; while nobody does, nothing is made for them. */
class FlowTapTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FlowRing ring = new FlowRing(64, FlowRing.Wanted.ALL, false, System::currentTimeMillis);
    private final Listener listener = new Listener();

    @Test
    void aFileInTheVpcFormatIsHeardAsJson() {
        try (FlowLogWriter writer = start(FlowLogFormat.VPC)) {
            accept();
            await().until(this::fileIsWritten);
            listener.listening = true;
            accept();
            await().until(() -> !listener.heard.isEmpty());
            assertThat(writer.lost()).isZero();
        }

        assertThat(listener.heard)
                .startsWith("{\"time\":")
                .contains("\"seq\":2,")
                .doesNotContain("\"seq\":1,");
    }

    @Test
    void aFileInJsonIsHeardAsItIs() {
        listener.listening = true;
        try (FlowLogWriter writer = start(FlowLogFormat.JSON)) {
            accept();
            await().until(() -> !listener.heard.isEmpty());
            assertThat(writer.lost()).isZero();
        }

        assertThat(directory.resolve("flows.log")).hasContent(listener.heard);
    }

    @ParameterizedTest
    @EnumSource
    void whoeverOnlyLooksHearsTheSameLinesWhileTheyAreFew(FlowLogFormat format) {
        listener.listening = true;
        listener.looking = true;
        try (FlowLogWriter writer = start(format)) {
            accept();
            accept();
            await().until(() -> listener.seen.lines().count() == 2);
            assertThat(writer.lost()).isZero();
        }

        assertThat(listener.seen).isEqualTo(listener.heard);
    }

    private FlowLogWriter start(FlowLogFormat format) {
        return FlowLogWriter.start(
                List.of(ring),
                new FlowLogTarget(
                        directory.resolve("flows.log"), format, "ab12cd34", "db.example", Duration.ZERO, 1 << 20, 1),
                listener,
                null);
    }

    private void accept() {
        ring.record(Records.ACCEPTED, null, Records.view(tcp("10.0.1.10", "10.0.2.10", 3306, "S")), Hook.INPUT, 1, 1);
        ring.endOfBurst();
    }

    private boolean fileIsWritten() {
        return directory.resolve("flows.log").toFile().length() > 0;
    }

    private static final class Listener implements FlowTap {
        private volatile boolean listening;
        private volatile boolean looking;
        private volatile String heard = "";
        private volatile String seen = "";

        @Override
        public boolean isOpen() {
            return listening;
        }

        @Override
        public synchronized void lines(byte[] lines) {
            heard += new String(lines, StandardCharsets.UTF_8);
        }

        @Override
        public boolean isBriefOpen() {
            return looking;
        }

        @Override
        public synchronized void briefLines(byte[] lines) {
            seen += new String(lines, StandardCharsets.UTF_8);
        }
    }
}
