package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Attempts of which each is one first packet from a port of the test's choice, so that the same traffic can be made again
 * and again.
 */
public final class OnePacket {

    /** A little below the second after which TCP repeats its SYN, and ping its request. */
    private static final Duration ONE_SYN = Duration.ofMillis(900);

    private OnePacket() {}

    /** Tries to connect, and says whether it could. */
    public static boolean tcp(NetworkNamespace from, int sourcePort, String to, int port) {
        try (SocketChannel channel = from.call(SocketChannel::open)) {
            channel.bind(new InetSocketAddress(sourcePort));
            channel.socket().connect(new InetSocketAddress(InetAddress.getByName(to), port), (int) ONE_SYN.toMillis());
            return true;
        } catch (SocketTimeoutException | ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one datagram and waits for nothing. */
    public static void udp(NetworkNamespace from, int sourcePort, String to, int port) {
        try (DatagramChannel channel = from.call(DatagramChannel::open)) {
            channel.bind(new InetSocketAddress(sourcePort));
            channel.send(ByteBuffer.wrap(new byte[] {1}), new InetSocketAddress(InetAddress.getByName(to), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one echo request, and says whether an answer came. */
    public static boolean ping(NetworkNamespace from, String to) {
        return from.call(() -> InetAddress.getByName(to).isReachable((int) ONE_SYN.toMillis()));
    }
}
