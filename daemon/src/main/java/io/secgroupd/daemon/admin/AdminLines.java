package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** An answer of the daemon that comes line by line, for as long as there are lines. Another thread may close it. */
public final class AdminLines implements Closeable {

    private static final int BUFFER = 64 * 1024;
    private static final int LONGEST_HEAD = 8192;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    private final SocketChannel channel;

    private AdminLines(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to the daemon's socket. */
    public static AdminLines connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new AdminLines(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Asks, once.
     *
     * @param path with its parameters, such as {@code /flows?follow=true}
     * @return the lines; reading them fails when the answer breaks off
     * @throws IOException with the daemon's words, when it refuses
     */
    public InputStream get(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n";
        ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        var in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(reason(in.readAllBytes()));
        }
        return new ChunkedInput(in);
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            int octet = in.read();
            if (octet < 0 || head.size() > LONGEST_HEAD) {
                throw new EOFException("the answer is not HTTP/1.1");
            }
            head.write(octet);
            matched = octet == END_OF_HEAD[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String reason(byte[] body) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(body)) {
            json.nextToken();
            return "error".equals(json.nextFieldName()) ? String.valueOf(json.nextTextValue()) : "it refuses";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
