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

/**
 * Attempts of which each is one first packet from a port of the test's choice, so that the same traffic can be made again
 * and again.
 */
public final class OnePacket {

    private OnePacket() {}

    /** Tries to connect, and says whether it could. */
    public static boolean tcp(NetworkNamespace from, int sourcePort, String to, int port) {
        try (SocketChannel channel = from.call(SocketChannel::open)) {
            channel.bind(new InetSocketAddress(sourcePort));
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(to), port);
            channel.socket().connect(target, (int) Wait.FOR_ONE_PACKET.toMillis());
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
        return from.call(() -> InetAddress.getByName(to).isReachable((int) Wait.FOR_ONE_PACKET.toMillis()));
    }
}
