package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection that is held open, to an echo service. */
public final class TcpConnection implements AutoCloseable {

    private final Socket socket;

    TcpConnection(Socket socket) {
        this.socket = socket;
    }

    /** The local port, by which conntrack lists it. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sends the text and returns what comes back, which is waited for up to 10 s. */
    public String echo(String text) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        try {
            return new String(exchange(sent, Wait.FOR_AN_ANSWER), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reports whether a byte comes back within the limit. */
    public boolean isAlive(Duration limit) {
        try {
            return exchange(new byte[] {'.'}, limit).length == 1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] exchange(byte[] sent, Duration limit) throws IOException {
        socket.setSoTimeout((int) limit.toMillis());
        socket.getOutputStream().write(sent);
        return socket.getInputStream().readNBytes(sent.length);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
