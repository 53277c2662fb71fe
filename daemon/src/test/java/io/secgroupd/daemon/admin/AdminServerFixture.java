package io.secgroupd.daemon.admin;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.admin.AdminClient.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An admin socket on a real Unix socket, with a daemon behind it that only pretends; closed when the test ends. */
abstract class AdminServerFixture {

    static final Duration LONG = Duration.ofMinutes(1);
    static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    final FakeDaemon daemon = new FakeDaemon();
    final FlowFollowers followers = new FlowFollowers();
    final List<AutoCloseable> opened = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    Path socket;

    @BeforeEach
    void name() {
        socket = directory.resolve("admin.sock");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    SocketFile serve(Duration patience, boolean mayChange) throws IOException {
        return serve(patience, uid -> mayChange);
    }

    SocketFile serve(Duration patience, IntPredicate mayChange) throws IOException {
        var limits = new AdminLimits(
                AdminLimits.DEFAULT.clients(), AdminLimits.DEFAULT.followers(), AdminLimits.DEFAULT.share(), patience);
        var file = opened(new SocketFile(socket, group()));
        opened(new AdminServer(daemon, followers, limits, mayChange)).listen(file);
        return file;
    }

    /** A group that this process may give a file to. */
    String group() throws IOException {
        return Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
    }

    Reply ask(String method, String path) throws IOException {
        return new AdminClient(socket).ask(method, path, "application/json");
    }

    String allThatIsAnsweredTo(String request) throws IOException {
        SocketChannel client = connect();
        write(client, request);
        return allThatComesFrom(client);
    }

    SocketChannel connect() throws IOException {
        return opened(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    InputStream follow() throws IOException {
        SocketChannel client = connect();
        write(client, "GET /flows?follow=true HTTP/1.1\r\n\r\n");
        await().until(() -> followers.count() == 1);
        return Channels.newInputStream(client);
    }

    static void write(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    /** Everything until the server closes. */
    static String allThatComesFrom(SocketChannel client) {
        StringBuilder all = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        try {
            while (client.read(bytes) >= 0) {
                all.append(StandardCharsets.UTF_8.decode(bytes.flip()));
                bytes.clear();
            }
        } catch (IOException reset) {
            // closed with something of ours unread
        }
        return all.toString();
    }

    static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (!read.toString().contains(end)) {
            read.append((char) in.read());
        }
        return read.toString();
    }

    static String askByTcp(InetSocketAddress address, String request) throws IOException {
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            client.getOutputStream().write((request + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    <T extends AutoCloseable> T opened(T resource) {
        opened.add(0, resource);
        return resource;
    }
}
