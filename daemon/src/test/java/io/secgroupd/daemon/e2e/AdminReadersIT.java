package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient;
import io.secgroupd.daemon.admin.AdminClient.Reply;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.OtherUser;
import io.secgroupd.daemon.testkit.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However many read on the admin socket, and whatever they do there, root is answered; and they are told why they are not. */
@NetnsTest
class AdminReadersIT extends ApplyFixture {

    /** Ids without rights, whether a user has them or not. More of them than can hold all slots. */
    private static final List<Integer> USERS = List.of(60_001, 60_002, 60_003);

    /** One more than one user may hold. */
    private static final int TOO_MANY = 9;

    private final List<SocketChannel> opened = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path socket;

    @SuppressWarnings("NullAway.Init")
    private List<OtherUser> readers;

    @BeforeEach
    void letReadersReachTheSocket() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        socket = directory.resolve(server.name() + ".sock");
        int group = (Integer) Files.getAttribute(socket, "unix:gid");
        readers = USERS.stream().map(uid -> new OtherUser(uid, group)).toList();
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : opened) {
            channel.close();
        }
    }

    /** What a reader sends before it does nothing more. */
    enum Reader {
        SITS_STILL(""),
        SENDS_HALF_A_REQUEST("GET /status HTTP/1.1\r\nHost: "),
        SENDS_HALF_A_BODY("POST /apply?confirm=60 HTTP/1.1\r\nContent-Length: 4000\r\n\r\nversion: 1"),
        FOLLOWS_AND_NEVER_READS("GET /flows?follow=true HTTP/1.1\r\n\r\n");

        private final String request;

        Reader(String request) {
            this.request = request;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rootChangesAndAsksWhileReadersHoldAllTheyCan(Reader reader) throws IOException {
        crowd(reader);
        assertThat(run("status")).contains("enforce").endsWith("exit 0\n");
        crowd(reader);
        assertThat(run("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
        assertOpenIsOnly(81);
        crowd(reader);
        assertThat(run("rollback")).endsWith("exit 0\n");
        assertOpenIsOnly(80);
        crowd(reader);
        assertThat(run("apply " + candidate)).endsWith("exit 0\n");
        assertOpenIsOnly(81);
    }

    @Test
    void rootFollowsWhileReadersFollow() throws IOException {
        crowd(Reader.FOLLOWS_AND_NEVER_READS);

        SocketChannel root = connect();
        send(root, Reader.FOLLOWS_AND_NEVER_READS);

        ByteBuffer status = ByteBuffer.allocate("HTTP/1.1 200".length());
        Channels.newInputStream(root).readNBytes(status.array(), 0, status.capacity());
        assertThat(new String(status.array(), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    }

    /** Each waits for its answer before the next one comes, and each is one too many. */
    @Test
    void floodOfReadersDuringAnApplyHoldsNothingUp() throws IOException {
        crowd(Reader.SITS_STILL);
        CompletableFuture<String> applied = CompletableFuture.supplyAsync(() -> run("apply " + candidate));

        int turnedAway = 0;
        while (!applied.isDone()) {
            try (SocketChannel one = connectAs(readers.get(turnedAway % readers.size()))) {
                turnedAway += allThatComesTo(one).contains("too many") ? 1 : 0;
            }
        }

        assertThat(applied.join()).endsWith("exit 0\n");
        assertThat(turnedAway).isPositive();
        assertOpenIsOnly(81);
    }

    @Test
    void manyProcessesOfOneUserAreTurnedAwayWithTheReasonAndRootIsNot() throws Exception {
        OtherUser reader = readers.get(0);
        String asReader = reader.command();
        String curl = "curl -sS --unix-socket " + socket + " http://localhost/";

        Process followers = new ProcessBuilder(
                        "sh",
                        "-c",
                        asReader + "sh -c 'for i in 1 2 3 4 5 6; do " + curl + "flows?follow=true & done; wait'")
                .start();
        try {
            String first = followers.inputReader().readLine();
            assertThat(first).contains("too many clients follow the flow log");
            assertThat(run("status")).endsWith("exit 0\n");
            crowd(Reader.SITS_STILL);
            // curl that is turned away before it has sent its request may end without reading the answer.
            await().untilAsserted(() -> assertThat(
                            Script.run(directory, asReader + curl + "status").out())
                    .isEqualTo("{\"error\":\"too many clients at a time\"}\n"));
            assertThat(run("rollback")).contains("no candidate is being tried").endsWith("exit 1\n");
        } finally {
            followers.descendants().forEach(ProcessHandle::destroy);
            followers.destroy();
            followers.waitFor();
        }
    }

    @Test
    void ourOwnClientTellsAReaderTheReason() throws IOException {
        crowd(Reader.SITS_STILL);

        Reply reply = readers.get(0).call(() -> new AdminClient(socket).ask("GET", "/status", "text/plain"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).contains("too many clients at a time");
    }

    /** Connects as each of the users until it is told that it is one too many; what held slots before holds them still. */
    private void crowd(Reader reader) throws IOException {
        for (OtherUser user : readers) {
            SocketChannel last = connectAs(user);
            for (int i = 1; i < TOO_MANY; i++) {
                send(last, reader);
                last = connectAs(user);
            }
            send(last, reader);
            assertThat(allThatComesTo(last)).startsWith("HTTP/1.1 503").contains("too many");
        }
    }

    private SocketChannel connectAs(OtherUser user) {
        return user.call(this::connect);
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        opened.add(channel);
        return channel;
    }

    /** Who is turned away may be so before this is sent. */
    private static void send(SocketChannel channel, Reader reader) {
        try {
            channel.write(ByteBuffer.wrap(reader.request.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException turnedAway) {
            // The answer says why; see who reads it.
        }
    }

    private static String allThatComesTo(SocketChannel channel) {
        var all = new ByteArrayOutputStream();
        try {
            Channels.newInputStream(channel).transferTo(all);
        } catch (IOException reset) {
            // What this side sent was not read; what the daemon sent has come before.
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
