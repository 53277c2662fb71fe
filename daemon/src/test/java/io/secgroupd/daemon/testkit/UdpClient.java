package io.secgroupd.daemon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Sends datagrams out of a namespace. */
public final class UdpClient {

    /** 20,000 a second at the most. */
    private static final int BURST = 200;

    private static final long PAUSE_NANOS = 10_000_000;

    private final NetworkNamespace where;

    private UdpClient(NetworkNamespace where) {
        this.where = where;
    }

    public static UdpClient in(NetworkNamespace where) {
        return new UdpClient(where);
    }

    /** Sends one datagram from a new port and returns what came back within the limit, if anything. */
    public Optional<String> ask(String to, int port, String text, Duration limit) {
        byte[] sent = text.getBytes(StandardCharsets.UTF_8);
        try (DatagramChannel channel = where.call(DatagramChannel::open)) {
            DatagramSocket socket = channel.socket();
            socket.connect(new InetSocketAddress(InetAddress.getByName(to), port));
            socket.setSoTimeout((int) limit.toMillis());
            socket.send(new DatagramPacket(sent, sent.length));
            DatagramPacket answer = new DatagramPacket(new byte[65536], 65536);
            socket.receive(answer);
            return Optional.of(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8));
        } catch (SocketTimeoutException | PortUnreachableException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks a service that answers with what it was sent, or fails the test. */
    public void assertAnswered(String to, int port, String text) {
        assertThat(ask(to, port, text, Wait.FOR_AN_ANSWER)).as(way(to, port)).contains(text);
    }

    /** Asks and gets no answer, or fails the test. */
    public void assertSilent(String to, int port, String text) {
        assertThat(ask(to, port, text, Wait.FOR_SILENCE)).as(way(to, port)).isEmpty();
    }

    private String way(String to, int port) {
        return "from " + where.name() + " to " + to + " port " + port;
    }

    /** Sends datagrams from one port, not faster than a busy host judges them, and waits for no answer. */
    public void send(String to, int port, int count) {
        try (DatagramChannel channel = where.call(DatagramChannel::open)) {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(to), port);
            for (int i = 0; i < count; i++) {
                channel.send(ByteBuffer.wrap(new byte[] {'?'}), target);
                if (i % BURST == BURST - 1) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
