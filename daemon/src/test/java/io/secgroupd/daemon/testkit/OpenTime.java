package io.secgroupd.daemon.testkit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Knocks at a port that should be closed every 10 ms, and says from when to when it was open. */
public final class OpenTime implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration LONG_ENOUGH_CLOSED = Duration.ofMillis(500);
    private static final long NEVER = 0;

    private final NetworkNamespace from;
    private final InetSocketAddress door;
    private final Thread thread = new Thread(this::knock, "open time");
    private volatile boolean watching = true;
    private volatile long firstOpen = NEVER;
    private volatile long lastOpen = NEVER;

    private OpenTime(NetworkNamespace from, InetSocketAddress door) {
        this.from = from;
        this.door = door;
    }

    public static OpenTime watch(NetworkNamespace from, String address, int port) {
        OpenTime watched = new OpenTime(from, new InetSocketAddress(address, port));
        watched.thread.setDaemon(true);
        watched.thread.start();
        return watched;
    }

    private void knock() {
        from.call(() -> {
            Deque<SocketChannel> knocking = new ArrayDeque<>();
            while (watching) {
                SocketChannel next = SocketChannel.open();
                next.configureBlocking(false);
                next.connect(door);
                knocking.add(next);
                look(knocking);
                Thread.sleep(INTERVAL.toMillis());
            }
            for (SocketChannel channel : knocking) {
                channel.close();
            }
            return true;
        });
    }

    /** A first SYN is answered at once or never: an attempt that is a few intervals old has been refused. */
    private void look(Deque<SocketChannel> knocking) throws IOException {
        for (SocketChannel channel : knocking) {
            if (channel.finishConnect()) {
                long now = System.nanoTime();
                firstOpen = firstOpen == NEVER ? now : firstOpen;
                lastOpen = now;
                channel.close();
            }
        }
        knocking.removeIf(channel -> !channel.isOpen());
        while (knocking.size() > 5) {
            knocking.remove().close();
        }
    }

    /** Waits until the door has been shut for half a second. */
    public void awaitClosed() {
        long began = System.nanoTime();
        await().until(() -> System.nanoTime() - Math.max(lastOpen, began) > LONG_ENOUGH_CLOSED.toNanos());
    }

    /** Reports whether any knock was answered. */
    public boolean wasOpen() {
        return firstOpen != NEVER;
    }

    /** From the first knock that was answered to the last. */
    public Duration duration() {
        return Duration.ofNanos(lastOpen - firstOpen);
    }

    @Override
    public void close() {
        watching = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while the knocking ended", e));
        }
    }
}
