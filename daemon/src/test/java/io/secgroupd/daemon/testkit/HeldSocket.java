package io.secgroupd.daemon.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that passes requests on to the admin socket of a daemon, up to one at which it stops for good: whoever asked waits
 * for an answer that does not come, and may be killed there.
 */
public final class HeldSocket implements AutoCloseable {

    private static final Pattern HEAD = Pattern.compile("(?s)(.*?Content-Length: ([0-9]+).*?\r\n\r\n).*");

    /** Where it stops. */
    public enum Moment {
        BEFORE_THE_DAEMON_KNOWS,
        BEFORE_THE_COMMAND_KNOWS
    }

    private final ServerSocketChannel server;
    private final Path daemon;
    private final String heldRequest;
    private final Moment moment;
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param heldRequest how it begins, such as {@code POST /confirm} */
    public HeldSocket(Path path, Path daemon, String heldRequest, Moment moment) throws IOException {
        this.daemon = daemon;
        this.heldRequest = heldRequest;
        this.moment = moment;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        var thread = new Thread(this::passOn, "held-socket");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until somebody has come to where it stops. */
    public void awaitHeld() throws InterruptedException {
        held.await();
    }

    private void passOn() {
        try {
            while (server.isOpen()) {
                try (SocketChannel client = server.accept()) {
                    passOn(client);
                }
            }
        } catch (IOException over) {
            // closed, or the one who asked was killed
        }
    }

    private void passOn(SocketChannel client) throws IOException {
        byte[] request = request(Channels.newInputStream(client));
        boolean stops = new String(request, StandardCharsets.ISO_8859_1).startsWith(heldRequest);
        if (stops && moment == Moment.BEFORE_THE_DAEMON_KNOWS) {
            stop();
        }
        byte[] answer;
        try (SocketChannel asked = SocketChannel.open(UnixDomainSocketAddress.of(daemon))) {
            write(asked, request);
            answer = Channels.newInputStream(asked).readAllBytes();
        }
        if (stops) {
            stop();
        }
        write(client, answer);
    }

    private void stop() throws IOException {
        held.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closed");
    }

    private static byte[] request(InputStream in) throws IOException {
        var read = new ByteArrayOutputStream();
        while (true) {
            Matcher head = HEAD.matcher(read.toString(StandardCharsets.ISO_8859_1));
            if (head.matches() && read.size() >= head.end(1) + Integer.parseInt(head.group(2))) {
                return read.toByteArray();
            }
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole request");
            }
            read.write(next);
        }
    }

    private static void write(SocketChannel to, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            to.write(rest);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
