package io.secgroupd.daemon.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on one TCP port for both address families, sends back what it gets, and counts connections. */
public final class TcpService implements Closeable {

    /** Nobody's SYN is to wait because this process is slow to accept. */
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel listener;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    private TcpService(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** Starts to listen; the namespace closes the service with itself. */
    public static TcpService listen(NetworkNamespace where, int port) {
        ServerSocketChannel listener =
                where.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(port), BACKLOG));
        TcpService service = new TcpService(listener);
        where.own(service);
        start(service::acceptAll, "tcp service " + port);
        return service;
    }

    /** Starts to listen, and closes each connection as soon as it is there: no number of clients is too much for it. */
    public static TcpService closing(NetworkNamespace where, int port) {
        TcpService service =
                new TcpService(where.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(port), BACKLOG)));
        where.own(service);
        start(service::closeAll, "closing tcp service " + port);
        return service;
    }

    private void closeAll() {
        try {
            while (listener.isOpen()) {
                listener.accept().close();
                accepted.incrementAndGet();
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    /** Connections that the kernel handed over so far: wait for it, since a client is connected before. */
    public int acceptedConnections() {
        return accepted.get();
    }

    private void acceptAll() {
        try {
            while (listener.isOpen()) {
                SocketChannel connection = listener.accept();
                accepted.incrementAndGet();
                connections.add(connection);
                start(() -> echo(connection), "echo");
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void echo(SocketChannel connection) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (connection) {
            while (connection.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    connection.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // The client or the test closed it.
        } finally {
            connections.remove(connection);
        }
    }

    private static void start(Runnable body, String name) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
