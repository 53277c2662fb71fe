package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Knocks at one door at a fixed rate, whatever became of the knocks before: each is a connection of its own, which is reset as
 * soon as it stands and given up before TCP would repeat its SYN. So one knock is one packet, and how long a door was shut is
 * known to one interval.
 */
final class Knocks {

    private static final long PATIENCE_NANOS = Duration.ofMillis(700).toNanos();

    private final NetworkNamespace from;
    private final InetSocketAddress door;
    private final long intervalNanos;
    private final AtomicLong sent = new AtomicLong();
    private final AnswerTimes answers = new AnswerTimes();
    private final Thread thread = new Thread(this::run, "knocks");
    private volatile boolean knocking = true;

    private Knocks(NetworkNamespace from, InetSocketAddress door, Duration interval) {
        this.from = from;
        this.door = door;
        this.intervalNanos = interval.toNanos();
    }

    /** Begins to knock. */
    static Knocks at(NetworkNamespace from, String address, int port, Duration interval) {
        var knocks = new Knocks(from, new InetSocketAddress(address, port), interval);
        knocks.thread.setDaemon(true);
        knocks.thread.start();
        return knocks;
    }

    /** What is known of the answers. */
    AnswerTimes answers() {
        return answers;
    }

    /** SYNs that went out: not those for which there was no way. */
    long sent() {
        return sent.get();
    }

    /** Such as {@code 10.0.1.10 port 80}. */
    String name() {
        return door.getAddress().getHostAddress() + " port " + door.getPort();
    }

    /** Knocks no more, and waits for the last answers. */
    void end() {
        knocking = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the knocking ended", e);
        }
    }

    private void run() {
        from.call(this::knock);
    }

    private long knock() throws IOException {
        try (Selector selector = Selector.open()) {
            long next = System.nanoTime();
            while (knocking || !selector.keys().isEmpty()) {
                long now = System.nanoTime();
                if (knocking && now >= next) {
                    send(selector);
                    next = Math.max(next + intervalNanos, now);
                }
                selector.select(Math.max(1, Duration.ofNanos(next - now).toMillis()));
                hear(selector);
                giveUp(selector);
            }
        }
        return sent.get();
    }

    private void send(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.configureBlocking(false);
        try {
            channel.connect(door);
            channel.register(selector, SelectionKey.OP_CONNECT, System.nanoTime());
            sent.incrementAndGet();
        } catch (IOException e) {
            channel.close(); // There is no way to the door now.
        }
    }

    private void hear(Selector selector) throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            if (isAnswered(key)) {
                answers.answered((long) key.attachment(), System.nanoTime());
            }
            key.channel().close();
        }
        selector.selectedKeys().clear();
    }

    /** A reset is an answer too: the packet has reached the host's own stack. */
    private static boolean isAnswered(SelectionKey key) {
        try {
            return ((SocketChannel) key.channel()).finishConnect();
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).contains("refused");
        } catch (IOException e) {
            return false;
        }
    }

    private static void giveUp(Selector selector) throws IOException {
        long before = System.nanoTime() - PATIENCE_NANOS;
        for (SelectionKey key : selector.keys()) {
            if (key.isValid() && (long) key.attachment() < before) {
                key.channel().close();
            }
        }
    }
}
