package io.secgroupd.daemon.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.ManyFlows;
import io.secgroupd.daemon.testkit.NetnsTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes over the admin socket, packets are judged and every total stays exact. */
@NetnsTest
class AdminAbuseIT {

    /** Connections before the traffic that is counted, so that they go on beside it. */
    private static final int ENOUGH = 10;

    private static final int FLOWS = 400;
    private static final int REJECTED = 150;
    private static final int HANGING = 8;

    /** The connection of the honest client. */
    private static final int HONEST = 1;

    private static final byte[] HALF_A_REQUEST = "GET /metrics HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REQUEST = "GET /metrics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private AttackedHost host;

    @SuppressWarnings("NullAway.Init")
    private AdminSocket socket;

    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Thread> abusers = new ArrayList<>();
    private final List<SocketChannel> hanging = new ArrayList<>();

    @BeforeEach
    void start() {
        host = new AttackedHost(directory, List.of(), List.of());
        socket = host.admin();
    }

    @AfterEach
    void removeTheNetwork() throws Exception {
        stopAbuse();
        for (SocketChannel channel : hanging) {
            channel.close();
        }
        host.close();
    }

    private void stopAbuse() throws InterruptedException {
        over.set(true);
        for (Thread abuser : abusers) {
            abuser.join();
        }
    }

    @Test
    void clientsThatHangFloodAndSendGarbageHarmNobody() throws Exception {
        var floods = new AtomicInteger();
        var garbage = new AtomicInteger();
        for (int i = 0; i < HANGING; i++) {
            SocketChannel channel = connect();
            channel.write(ByteBuffer.wrap(HALF_A_REQUEST));
            hanging.add(channel);
        }
        abuse(floods, ByteBuffer.wrap(REQUEST.clone()));
        abuse(garbage, randomBytes());
        await().until(() -> floods.get() > ENOUGH && garbage.get() > 0);

        try (ManyFlows flows = ManyFlows.open(host.outside, AttackedHost.HOST_4, AttackedHost.UDP, FLOWS)) {
            assertThat(flows.answered()).isEqualTo(FLOWS);
        }
        sendRejected();
        stopAbuse(); // while it goes on, others may be told that there are too many clients

        await().ignoreExceptions().untilAsserted(() -> {
            Exposition metrics = socket.metrics();
            assertThat(metrics.counter("secgroupd_decisions_total", "verdict=ACCEPT"))
                    .isEqualTo(HONEST + FLOWS);
            assertThat(metrics.counter("secgroupd_decisions_total", "verdict=REJECT"))
                    .isEqualTo(REJECTED);
            assertThat(metrics.observations("secgroupd_decision_seconds")).isEqualTo(HONEST + FLOWS + REJECTED);
            assertThat(metrics.counter("secgroupd_rule_hits_total")).isEqualTo(HONEST + FLOWS);
            assertThat(metrics.counter("secgroupd_queue_dropped_total")).isZero();
        });
        assertThat(host.daemon.stop()).isZero();
        assertThat(FlowLogFiles.decisionsIn(directory.resolve(host.host.name() + "-flows.log")))
                .isEqualTo(HONEST + FLOWS + REJECTED);
    }

    /** Sends this on one connection after the other, without reading the answers. */
    private void abuse(AtomicInteger times, ByteBuffer bytes) {
        Thread thread = new Thread(() -> {
            while (!over.get()) {
                try (SocketChannel channel = connect()) {
                    channel.write(bytes.duplicate());
                    channel.write(bytes.duplicate());
                    times.incrementAndGet();
                } catch (IOException closedOrBusy) {
                    Thread.onSpinWait();
                }
            }
        });
        thread.start();
        abusers.add(thread);
    }

    private static ByteBuffer randomBytes() {
        byte[] bytes = new byte[4096];
        new Random(7).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** Each from a port of its own: a dropped packet leaves no connection, so each of them is judged. */
    private void sendRejected() {
        host.outside.call(() -> {
            try (DatagramChannel channel = DatagramChannel.open()) {
                for (int i = 0; i < REJECTED; i++) {
                    channel.send(ByteBuffer.wrap(new byte[] {'?'}), new InetSocketAddress(AttackedHost.HOST_4, 9999));
                }
                return REJECTED;
            }
        });
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
    }
}
