package io.secgroupd.daemon.refused;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys of one page of the kernel's table, with what is known of each. Keys are added by one thread and read by others. */
final class RefusedPage {

    private final long number;
    private final Map<RefusedKey, KernelRefusals> flows = new ConcurrentHashMap<>();

    /** When the first key was added, by {@link System#nanoTime()}; of no meaning before. */
    private volatile long begunNanos;

    /** When packets ceased to be compared with this page, by {@link System#nanoTime()}. */
    private volatile long closedNanos;

    RefusedPage(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    boolean holds(RefusedKey key) {
        return flows.containsKey(key);
    }

    void put(RefusedFlow flow) {
        if (flows.isEmpty()) {
            begunNanos = System.nanoTime();
        }
        flows.put(flow.key(), new KernelRefusals(flow));
    }

    @Nullable
    KernelRefusals get(RefusedKey key) {
        return flows.get(key);
    }

    int size() {
        return flows.size();
    }

    Collection<KernelRefusals> refusals() {
        return flows.values();
    }

    long begunNanos() {
        return begunNanos;
    }

    void close(long nowNanos) {
        closedNanos = nowNanos;
    }

    long closedNanos() {
        return closedNanos;
    }
}
