package io.secgroupd.daemon.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends every datagram back to where it came from, in both address families, and counts them. */
public final class UdpService implements Closeable {

    private final DatagramChannel channel;
    private final AtomicInteger received = new AtomicInteger();

    private UdpService(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Starts to listen; the namespace closes the service with itself. */
    public static UdpService listen(NetworkNamespace where, int port) {
        UdpService service =
                new UdpService(where.call(() -> DatagramChannel.open().bind(new InetSocketAddress(port))));
        where.own(service);
        Thread thread = new Thread(service::echoAll, "udp service " + port);
        thread.setDaemon(true);
        thread.start();
        return service;
    }

    public int receivedDatagrams() {
        return received.get();
    }

    private void echoAll() {
        ByteBuffer buffer = ByteBuffer.allocate(65536);
        try {
            while (channel.isOpen()) {
                SocketAddress sender = channel.receive(buffer.clear());
                received.incrementAndGet();
                channel.send(buffer.flip(), sender);
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
