package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.TcpConnection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** An established connection over which a byte goes forth and back each 10 ms; each must come back, however late. */
final class EchoFlow {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration INTERVAL = Duration.ofMillis(10);

    private final TcpConnection connection;
    private final Thread thread = new Thread(this::talk, "echo flow");
    private volatile boolean talking = true;
    private volatile boolean broken;
    private volatile long worstNanos;

    private EchoFlow(TcpConnection connection) {
        this.connection = connection;
    }

    static EchoFlow over(TcpConnection connection) {
        var flow = new EchoFlow(connection);
        flow.thread.setDaemon(true);
        flow.thread.start();
        return flow;
    }

    private void talk() {
        while (talking && !broken) {
            long began = System.nanoTime();
            broken = !comesBack();
            worstNanos = Math.max(worstNanos, System.nanoTime() - began);
            LockSupport.parkNanos(INTERVAL.toNanos());
        }
    }

    private boolean comesBack() {
        try {
            return connection.isAlive(PATIENCE);
        } catch (RuntimeException e) {
            return false; // It was reset.
        }
    }

    void reset() {
        worstNanos = 0;
    }

    boolean isBroken() {
        return broken;
    }

    /** The longest that a byte took. */
    Duration longestWait() {
        return Duration.ofNanos(worstNanos);
    }

    /** Waits no longer for a byte. */
    void drop() {
        connection.close();
    }

    /** Waits for the byte that is on its way. */
    void end() {
        talking = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the flow ended", e);
        }
        connection.close();
    }
}
