package io.secgroupd.daemon.refused;

import io.secgroupd.rules.net.Family;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the kernel has refused, read back to the packet. The counters of a page that is closed stand still, so that one whole reading
 * of it is exact; readings before only tell earlier.
 */
final class RefusalCounts {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalCounts.class);

    /** A packet that met the rule before the page was closed has been counted by then: packets are not held up within a rule. */
    static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int MOST_READINGS = 3;

    /** Some pages, for a flow log that cannot be written for half a minute. */
    private static final int MOST_UNTOLD = 3 * RefusedTable.CAPACITY;

    private final Queue<RefusedPage> closed = new ConcurrentLinkedQueue<>();
    private final Queue<KernelRefusals> untold = new ConcurrentLinkedQueue<>();
    private final AtomicInteger untoldCount = new AtomicInteger();
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private @Nullable PageCounters counters;

    synchronized void open(PageCounters kernel) {
        counters = kernel;
    }

    /** Takes a page with which packets are no longer compared, to be read soon. */
    void closed(RefusedPage page) {
        closed.add(page);
    }

    boolean hasClosed() {
        return !closed.isEmpty();
    }

    /** Reads a page that is in use, and those that wait to be read whole, as far as the kernel tells. */
    synchronized void readNow(RefusedPage page) {
        closed.forEach(this::readOnce);
        readOnce(page);
    }

    private synchronized void readOnce(RefusedPage page) {
        if (counters == null || page.size() == 0) {
            return;
        }
        try {
            read(counters, page, new HashSet<>());
        } catch (IOException gone) {
            LOG.debug(
                    "cache.unread page={}: {}", page.number(), gone.getMessage()); // it is read again when it is closed
        }
    }

    /** The flows of a page in use of which the kernel has refused packets, as far as it tells. */
    synchronized List<RefusedFlow> refusedOf(RefusedPage page) {
        readNow(page);
        return page.refusals().stream()
                .filter(refusals -> refusals.packets() > 0)
                .map(refusals -> refusals.flow().at(refusals.lastMillis()))
                .toList();
    }

    /**
     * Reads the pages that were closed long enough ago.
     *
     * @param read takes each page that has been read, and is of no use any more
     */
    synchronized void readClosed(long nowNanos, Consumer<RefusedPage> read) {
        RefusedPage next;
        while ((next = closed.peek()) != null && nowNanos - next.closedNanos() >= SETTLE_NANOS) {
            closed.remove();
            readWhole(next);
            next.refusals().forEach(this::tell);
            read.accept(next);
        }
    }

    private void readWhole(RefusedPage page) {
        String why = "some keys are missing";
        for (int readings = 0; counters != null && readings < MOST_READINGS; readings++) {
            try {
                Set<RefusedKey> seen = new HashSet<>();
                read(counters, page, seen);
                if (seen.size() >= page.size()) {
                    return;
                }
            } catch (IOException refused) {
                why = String.valueOf(refused.getMessage());
            }
        }
        LOG.warn("cache.unread: what the kernel refused last of {} keys is not known: {}", page.size(), why);
    }

    private void read(PageCounters kernel, RefusedPage page, Set<RefusedKey> seen) throws IOException {
        long now = System.currentTimeMillis();
        for (Family family : Family.values()) {
            kernel.read(page.number(), family, (key, totalPackets, totalBytes) -> {
                KernelRefusals known = page.get(key);
                if (known != null) {
                    seen.add(key);
                    packets.add(known.counted(totalPackets, totalBytes, now));
                }
            });
        }
    }

    private void tell(KernelRefusals refusals) {
        if (refusals.packets() == 0) {
            return;
        }
        if (untoldCount.get() >= MOST_UNTOLD) {
            lost.add(refusals.packets());
            return;
        }
        untoldCount.incrementAndGet();
        untold.add(refusals);
    }

    /** Takes the next refusals that the flow log has not told of, or null. */
    @Nullable
    KernelRefusals poll() {
        KernelRefusals next = untold.poll();
        if (next != null) {
            untoldCount.decrementAndGet();
        }
        return next;
    }

    /** The packets that the kernel has refused, as far as they have been read. */
    long packets() {
        return packets.sum();
    }

    /** The packets among these that the flow log took too long to take. */
    long lost() {
        return lost.sum();
    }
}
