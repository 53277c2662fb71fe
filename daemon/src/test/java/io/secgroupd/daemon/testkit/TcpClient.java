package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Opens TCP connections out of a namespace. */
public final class TcpClient {

    private final NetworkNamespace where;

    private TcpClient(NetworkNamespace where) {
        this.where = where;
    }

    public static TcpClient in(NetworkNamespace where) {
        return new TcpClient(where);
    }

    /** Tries once and closes again. A limit below 1 s makes it a matter of the first SYN alone. */
    public Attempt tryConnect(String to, int port, Duration limit) {
        try {
            open(to, port, limit).close();
            return Attempt.CONNECTED;
        } catch (SocketTimeoutException e) {
            return Attempt.TIMED_OUT;
        } catch (ConnectException e) {
            return outcome(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects, however long the machine takes for it, and closes again; or fails the test. */
    public void assertOpen(String to, int port) {
        assertThat(tryConnect(to, port, Wait.FOR_AN_ANSWER)).as(way(to, port)).isEqualTo(Attempt.CONNECTED);
    }

    /** Sends one SYN, which is not answered: whether it was judged, or only is slow, is for the counters to say. */
    public void assertShut(String to, int port) {
        assertThat(tryConnect(to, port, Wait.FOR_SILENCE)).as(way(to, port)).isEqualTo(Attempt.TIMED_OUT);
    }

    private String way(String to, int port) {
        return "from " + where.name() + " to " + to + " port " + port;
    }

    /** Connects, or fails the test. */
    public TcpConnection connect(String to, int port) {
        try {
            return open(to, port, Wait.FOR_AN_ANSWER);
        } catch (IOException e) {
            throw new UncheckedIOException("from " + where.name() + " to " + to + " port " + port, e);
        }
    }

    private TcpConnection open(String to, int port, Duration limit) throws IOException {
        SocketChannel channel = where.call(SocketChannel::open);
        try {
            channel.socket().connect(new InetSocketAddress(InetAddress.getByName(to), port), (int) limit.toMillis());
            return new TcpConnection(channel.socket());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Attempt outcome(ConnectException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("refused")) {
            return Attempt.REFUSED;
        }
        if (message.contains("timed out")) {
            return Attempt.TIMED_OUT;
        }
        throw new UncheckedIOException(e);
    }
}
