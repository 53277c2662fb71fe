package io.secgroupd.daemon.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A connection over which a byte goes forth and back without a pause. */
public final class BusyConnection implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int A_FEW = 20;

    private final TcpConnection connection;
    private final AtomicLong echoes = new AtomicLong();
    private final Thread thread = new Thread(this::talk, "busy connection");
    private volatile boolean open = true;

    private BusyConnection(TcpConnection connection) {
        this.connection = connection;
    }

    public static BusyConnection over(TcpConnection connection) {
        BusyConnection busy = new BusyConnection(connection);
        busy.thread.setDaemon(true);
        busy.thread.start();
        return busy;
    }

    private void talk() {
        while (open && connection.isAlive(PATIENCE)) {
            echoes.incrementAndGet();
        }
    }

    /** Reports whether some more bytes come back from now on. */
    public boolean goesOn() {
        long enough = echoes.get() + A_FEW;
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> echoes.get() >= enough);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
