package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.store.Revision;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Gives memory back to the system some time after the policy has changed. Reading a large policy takes several times what stays
 * of it, and the JVM's serial collector returns nothing until the heap is full, which may be never.
 */
final class SpareMemory implements Consumer<Revision>, AutoCloseable {

    /** Several changes that follow each other cost one collection, of some 100 ms with 20,000 rules. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "spare-memory");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean expected = new AtomicBoolean();

    @Override
    public void accept(Revision changed) {
        soon();
    }

    void soon() {
        if (!expected.getAndSet(true)) {
            var unused = timer.schedule(this::collect, REST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void collect() {
        expected.set(false);
        System.gc();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
