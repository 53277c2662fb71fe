package io.secgroupd.daemon.admin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends requests to a running daemon through its admin socket. */
public final class AdminClient {

    /** Reading and compiling the largest policy takes seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The part of the head from the Content-Length header to the end. */
    private static final Pattern LENGTH =
            Pattern.compile("(?i)\r\ncontent-length: ?([0-9]{1,9})(?:\r\n[^\r\n]+)*\r\n\r\n");

    private final Path socket;
    private final Duration patience;

    public AdminClient(Path socket) {
        this(socket, PATIENCE);
    }

    /** @param patience how long an answer is waited for, in whole seconds */
    public AdminClient(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * The daemon's answer.
     *
     * @param status the HTTP status, such as 200
     */
    public record Reply(int status, String body) {}

    /**
     * Sends a request and waits for the answer.
     *
     * @param method {@code GET} or {@code POST}
     * @param accept the wanted content type
     * @throws IOException when nobody answers
     */
    public Reply ask(String method, String path, String accept) throws IOException {
        return ask(method, path, accept, new byte[0]);
    }

    /** Sends a request with a body and waits for the answer. */
    public Reply ask(String method, String path, String accept, byte[] body) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept
                + "\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            closeLater(channel);
            channel.connect(UnixDomainSocketAddress.of(socket));
            Optional<IOException> turnedAway = send(channel, request.getBytes(StandardCharsets.US_ASCII), body);
            return answer(channel, turnedAway);
        } catch (AsynchronousCloseException e) {
            throw new IOException("no answer within " + patience.toSeconds() + " s", e);
        }
    }

    /**
     * The daemon may turn a client away before it has read the whole request. Its answer, which gives the reason, can
     * still be read.
     */
    private static Optional<IOException> send(SocketChannel channel, byte[] head, byte[] body) throws IOException {
        try {
            for (ByteBuffer part : new ByteBuffer[] {ByteBuffer.wrap(head), ByteBuffer.wrap(body)}) {
                while (part.hasRemaining()) {
                    channel.write(part); // what breaks off is told by the next one
                }
            }
            return Optional.empty();
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException broken) {
            return Optional.of(broken);
        }
    }

    private static Reply answer(SocketChannel channel, Optional<IOException> turnedAway) throws IOException {
        var bytes = new ByteArrayOutputStream();
        Optional<IOException> broken = turnedAway;
        try {
            Channels.newInputStream(channel).transferTo(bytes);
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException reset) {
            broken = broken.or(() -> Optional.of(reset));
        }
        if (broken.isPresent() && !isWhole(bytes.toString(StandardCharsets.ISO_8859_1))) {
            throw broken.get();
        }
        return parse(bytes.toString(StandardCharsets.UTF_8));
    }

    /** A blocking Unix socket has no time limit of its own. */
    private void closeLater(SocketChannel channel) {
        CompletableFuture.delayedExecutor(patience.toSeconds(), TimeUnit.SECONDS)
                .execute(() -> {
                    try {
                        channel.close();
                    } catch (IOException e) {
                        // The channel is closed either way.
                    }
                });
    }

    private static boolean isWhole(String octets) {
        Matcher length = LENGTH.matcher(octets);
        return length.find() && octets.length() - length.end() == Integer.parseInt(length.group(1));
    }

    private static Reply parse(String response) throws IOException {
        int bodyAt = response.indexOf("\r\n\r\n");
        if (!response.matches("(?s)HTTP/1\\.1 [0-9]{3} .*") || bodyAt < 0) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        return new Reply(Integer.parseInt(response.substring(9, 12)), response.substring(bodyAt + 4));
    }
}
