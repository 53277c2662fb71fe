package io.secgroupd.controlplane.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.secgroupd.controlplane.store.Revision;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives memory back to the system some time after the policy has changed. Reading a large policy takes several times what stays
 * of it, and the JVM's serial collector returns nothing until the heap is full, which may be never.
 */
public final class SpareMemory implements Consumer<Revision>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SpareMemory.class);

    /** A collection takes some 100 ms with 20,000 rules, and changes that follow each other are not to wait for it. */
    private static final Duration REST = Duration.ofSeconds(5);

    /** How much of the heap is free after a collection, in percent. */
    private record Share(String least, String most) {}

    private static final Share LITTLE = new Share("5", "10");

    /** What Java has without other options. */
    private static final Share ENOUGH = new Share("40", "70");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "spare-memory");
        thread.setDaemon(true);
        return thread;
    });
    private final Runnable collection;
    private Future<?> expected = CompletableFuture.completedFuture(null);

    private SpareMemory(Runnable collection) {
        this.collection = collection;
    }

    /** Keeps little of the heap free at rest, and more of it while policies are read. */
    public static SpareMemory changing() {
        return new SpareMemory(SpareMemory::collect);
    }

    /** Keeps so much of the heap free as the JVM was told at its start. What can change that would be loaded for it, and stay. */
    public static SpareMemory asStarted() {
        return new SpareMemory(System::gc);
    }

    @Override
    public void accept(Revision changed) {
        soon();
    }

    /** Collects after a rest, which begins anew with each call. */
    public synchronized void soon() {
        expected.cancel(false);
        expected = timer.schedule(collection, REST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A heap that always kept so little free would be collected again and again while a policy is read. */
    private static void collect() {
        try {
            keepFree(LITTLE);
            System.gc();
            keepFree(ENOUGH);
        } catch (IllegalArgumentException e) {
            LOG.debug("memory.kept {}", e.toString()); // another virtual machine, with other options
        }
    }

    private static void keepFree(Share share) {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        // Each must be on its side of the other at any time.
        machine.setVMOption("MinHeapFreeRatio", "0");
        machine.setVMOption("MaxHeapFreeRatio", share.most());
        machine.setVMOption("MinHeapFreeRatio", share.least());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
