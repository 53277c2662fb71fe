package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin socket as it meets clients that hang, flood, ask too much or send garbage. */
class AdminLimitsTest extends AdminServerFixture {

    @Test
    void clientThatAsksNothingIsClosed() throws IOException {
        serve(SHORT, true);

        assertThat(allThatComesFrom(connect())).isEmpty();
    }

    @Test
    void clientThatDripsIsClosed() throws IOException {
        serve(SHORT, true);
        SocketChannel client = connect();

        assertThatThrownBy(() -> {
                    while (true) {
                        write(client, "GET /status HTTP/1.1\r\nX-Drip: 1\r\n".substring(0, 1));
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(ask("GET", "/status").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000\u0001\u0002\r\n\r\n",
                "GET\r\n\r\n",
                "GET /status HTTP/9.9.9\r\n\r\n",
                "SSH-2.0-x\r\n\r\n"
            })
    void garbageIsRefused(String garbage) throws IOException {
        serve(SHORT, true);
        SocketChannel client = connect();
        write(client, garbage);

        assertThat(allThatComesFrom(client)).doesNotContain("200 OK");
        assertThat(ask("GET", "/status").status()).isEqualTo(200);
    }

    @Test
    void headerWithoutEndIsRefused() throws IOException {
        serve(LONG, true);
        SocketChannel client = connect();
        write(client, "GET /status HTTP/1.1\r\nX: " + "x".repeat(20_000));

        assertThat(allThatComesFrom(client)).startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @CsvSource({"/reload, 1048577", "/apply, 16777217", "/try?confirm=9, 69206017"})
    void bodyThatIsTooLongIsRefusedBeforeItComes(String path, long length) throws IOException {
        serve(LONG, true);
        SocketChannel client = connect();
        write(client, "POST " + path + " HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n");

        assertThat(allThatComesFrom(client)).startsWith("HTTP/1.1 413");
        assertThat(daemon.reloads).isZero();
    }

    @Test
    void whoMayNotChangeAnythingCannotMakeTheDaemonGatherABody() throws IOException {
        serve(LONG, false);

        assertThat(allThatIsAnsweredTo("POST /apply HTTP/1.1\r\nContent-Length: 5000\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void bodyThatGrowsTooLongIsRefused() throws IOException {
        serve(LONG, true);
        SocketChannel client = connect();
        write(client, "POST /reload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";

        assertThatThrownBy(() -> {
                    while (true) {
                        write(client, chunk);
                    }
                })
                .isInstanceOf(IOException.class);
        assertThat(daemon.reloads).isZero();
    }

    @Test
    void floodOfRequestsOnOneConnectionIsOneRequest() throws IOException {
        serve(LONG, true);
        SocketChannel client = connect();
        write(client, "POST /reload HTTP/1.1\r\nContent-Length: 0\r\n\r\n".repeat(1000));

        allThatComesFrom(client); // perhaps nothing: what it sent unasked was not read

        assertThat(daemon.reloads).isEqualTo(1);
    }

    @Test
    void oneClientTooManyIsToldSoAndTheOthersGoOn() throws IOException {
        serve(LONG, true);
        List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < AdminLimits.DEFAULT.clients(); i++) {
            waiting.add(connect());
        }

        assertThat(allThatComesFrom(connect())).startsWith("HTTP/1.1 503");
        write(waiting.get(3), "GET /status HTTP/1.1\r\n\r\n");
        assertThat(allThatComesFrom(waiting.get(3))).startsWith("HTTP/1.1 200");
        await().untilAsserted(() -> assertThat(ask("GET", "/status").status()).isEqualTo(200));
    }

    @Test
    void readersThatHoldEverySlotKeepRootFromNothing() throws IOException {
        var root = new AtomicBoolean();
        serve(LONG, uid -> root.get());
        int share = AdminLimits.DEFAULT.clients() / AdminLimits.DEFAULT.share();
        for (int i = 0; i < share; i++) {
            connect();
        }
        assertThat(allThatComesFrom(connect())).startsWith("HTTP/1.1 503");

        root.set(true);
        for (int i = 0; i < AdminLimits.DEFAULT.clients(); i++) {
            assertThat(ask("GET", "/status").status()).isEqualTo(200);
        }
        assertThat(ask("POST", "/rollback").status()).isEqualTo(422);
    }

    @Test
    void readersThatFollowLeaveRootToFollow() throws IOException {
        var root = new AtomicBoolean();
        serve(LONG, uid -> root.get());
        String follow = "GET /flows?follow=true HTTP/1.1\r\n\r\n";
        int share = AdminLimits.DEFAULT.followers() / AdminLimits.DEFAULT.share();
        for (int i = 0; i < share; i++) {
            write(connect(), follow);
        }
        await().until(() -> followers.count() == share);
        assertThat(allThatIsAnsweredTo(follow)).startsWith("HTTP/1.1 503").contains("follow");

        root.set(true);
        write(connect(), follow);

        await().until(() -> followers.count() == share + 1);
    }

    @Test
    void whoHasGoneLeavesTheSlotToOthers() throws IOException {
        serve(LONG, false);
        int share = AdminLimits.DEFAULT.clients() / AdminLimits.DEFAULT.share();
        var waiting = new ArrayList<SocketChannel>();
        for (int i = 0; i < share; i++) {
            waiting.add(connect());
        }
        assertThat(allThatComesFrom(connect())).startsWith("HTTP/1.1 503");

        waiting.get(0).close();

        await().untilAsserted(() -> assertThat(ask("GET", "/status").status()).isEqualTo(200));
    }

    @Test
    void metricsByTcpAreAnsweredByAnotherThreadThanTheSocket() throws Exception {
        daemon.blocking = new CountDownLatch(1);
        var server = opened(new AdminServer(daemon, followers, AdminLimits.DEFAULT, uid -> true));
        server.listen(opened(new SocketFile(socket, group())));
        InetSocketAddress address = server.serveMetrics(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Socket slow = new Socket(address.getAddress(), address.getPort())) {
            slow.getOutputStream().write("GET /metrics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> daemon.blocked);

            assertThat(ask("GET", "/rules").status()).isEqualTo(200);
        } finally {
            daemon.blocking.countDown();
        }
    }
}
