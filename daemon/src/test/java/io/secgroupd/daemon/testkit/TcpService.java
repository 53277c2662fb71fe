package io.secgroupd.daemon.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on one TCP port for both address families, sends back what it gets, and counts connections. */
public final class TcpService implements Closeable {

    /** Nobody's SYN is to wait because this process is slow to accept. */
    private static final int BACKLOG = 4096;

    private final ServerSocketChannel listener;
    private final Executor echoing;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Semaphore room = new Semaphore(BACKLOG / 2);
    private volatile boolean resetting;

    private TcpService(ServerSocketChannel listener, Executor echoing) {
        this.listener = listener;
        this.echoing = echoing;
    }

    /** Starts to listen; the namespace closes the service with itself. */
    public static TcpService listen(NetworkNamespace where, int port) {
        return listen(where, port, connection -> start(connection, "echo"));
    }

    /**
     * Starts to listen for clients that come in any number and each end at once. It never ends a connection first: whoever
     * does keeps the pair of ports, and would meet the next SYN that comes from there with an ACK.
     */
    public static TcpService listenForMany(NetworkNamespace where, int port) {
        return listen(where, port, Executors.newSingleThreadExecutor(TcpService::thread));
    }

    /** Starts to listen, and resets each connection as soon as it has been spoken to. */
    public static TcpService listenAndReset(NetworkNamespace where, int port) {
        TcpService service = listen(where, port);
        service.resetting = true;
        return service;
    }

    private static TcpService listen(NetworkNamespace where, int port, Executor echoing) {
        ServerSocketChannel listener =
                where.call(() -> ServerSocketChannel.open().bind(new InetSocketAddress(port), BACKLOG));
        TcpService service = new TcpService(listener, echoing);
        where.own(service);
        start(service::acceptAll, "tcp service " + port);
        return service;
    }

    /** Connections that the kernel handed over so far: wait for it, since a client is connected before. */
    public int acceptedConnections() {
        return accepted.get();
    }

    /**
     * Waits until those who connect after asking here are not so many that the kernel has no room for the next: on a busy
     * machine they come faster than this process is let accept them.
     */
    void awaitRoom() {
        room.acquireUninterruptibly();
    }

    private void acceptAll() {
        try {
            while (listener.isOpen()) {
                SocketChannel connection = listener.accept();
                accepted.incrementAndGet();
                room.release();
                connections.add(connection);
                echoing.execute(() -> echo(connection));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void echo(SocketChannel connection) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try (connection) {
            while (connection.read(buffer) >= 0) {
                if (resetting) {
                    connection.setOption(StandardSocketOptions.SO_LINGER, 0);
                    return;
                }
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
        Thread thread = thread(body);
        thread.setName(name);
        thread.start();
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        return thread;
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
