package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.opentest4j.AssertionFailedError;

/** First packets without a pause, out of a namespace, until it is closed. */
public final class Load implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    private Load(NetworkNamespace from, int threads, Callable<Boolean> one) {
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> from.call(() -> repeat(one)), "load");
            thread.setDaemon(true);
            thread.start();
            this.threads.add(thread);
        }
    }

    /** Connects and closes again, in each of so many threads. */
    public static Load ofConnections(NetworkNamespace from, String to, int port, int threads) {
        InetSocketAddress door = new InetSocketAddress(to, port);
        return new Load(from, threads, () -> connect(door));
    }

    /** The same to a service of ours, at the pace at which it accepts them. */
    public static Load ofConnections(NetworkNamespace from, String to, int port, TcpService service, int threads) {
        InetSocketAddress door = new InetSocketAddress(to, port);
        return new Load(from, threads, () -> {
            service.awaitRoom();
            return connect(door);
        });
    }

    /** Sends a datagram from a new port each time. */
    public static Load ofDatagrams(NetworkNamespace from, String to, int port) {
        InetSocketAddress door = new InetSocketAddress(to, port);
        return new Load(from, 1, () -> send(door));
    }

    private boolean repeat(Callable<Boolean> one) throws Exception {
        while (open) {
            (one.call() ? sent : failed).incrementAndGet();
        }
        return true;
    }

    /** A reset ends it: waiting ends would use up the ports. */
    private static boolean connect(InetSocketAddress door) throws IOException {
        try (SocketChannel channel = SocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.socket().connect(door, PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean send(InetSocketAddress door) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.send(ByteBuffer.wrap(new byte[] {'?'}), door);
            return true;
        }
    }

    /** Connections that were made, or datagrams that were sent. */
    public long done() {
        return sent.get();
    }

    public long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        end();
    }

    /** The numbers stay. */
    public void end() {
        open = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionFailedError("interrupted while the load ended", e);
            }
        }
    }
}
