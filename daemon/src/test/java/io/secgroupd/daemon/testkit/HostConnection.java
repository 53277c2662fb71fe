package io.secgroupd.daemon.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** A connection of a host to a control server on loopback, by the wire alone, which can be left at any moment. */
public final class HostConnection implements Closeable {

    private static final int PORT = 9471;

    /** A question for news is answered after half a minute. */
    private static final int PATIENCE_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final String token;

    private HostConnection(Socket socket, String token) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.token = token;
    }

    /** Connects. */
    public static HostConnection open(NetworkNamespace where, String token) throws IOException {
        SocketChannel channel =
                where.call(() -> SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT)));
        channel.socket().setSoTimeout(PATIENCE_MILLIS);
        return new HostConnection(channel.socket(), token);
    }

    /** Asks for the pointer after one, and does not wait for the answer. */
    public void ask(String after) throws IOException {
        send("GET", "/v1/pointer?after=" + after, new byte[0]);
    }

    /** The pointer after one, or the same one after a while. */
    public Pointer pointer(String after) throws IOException {
        ask(after);
        return Pointer.parse(answer());
    }

    /** Tells something, and waits until it is taken. */
    public void tell(String path, byte[] body) throws IOException {
        send("POST", path, body);
        assertThat(answer()).isNotEmpty();
    }

    private void send(String method, String path, byte[] body) throws IOException {
        String length = body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n";
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + PORT + "\r\nAuthorization: Bearer "
                + token + "\r\n" + length + "\r\n";
        socket.getOutputStream().write(head.getBytes(US_ASCII));
        socket.getOutputStream().write(body);
    }

    private byte[] answer() throws IOException {
        String status = line();
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        assertThat(status).as(new String(body, US_ASCII)).startsWith("HTTP/1.1 200");
        return body;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            assertThat(c).as("the connection is open").isNotNegative();
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Ends it with a reset, as a host that loses its power and comes back does. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
