package io.secgroupd.daemon.flowlog.read;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Counts decisions in a table beside the thread that reads them: to find a key among a hundred thousand takes about as long as to
 * read its line, and most machines have a second core. A short log never needs the second thread.
 */
final class DistinctCounter {

    private final int most;
    private DistinctTable table;
    private DistinctBatch filling = new DistinctBatch();
    private DistinctBatch counted = new DistinctBatch();
    private CompletableFuture<Void> counting = CompletableFuture.completedFuture(null);

    /** @param most how many different ones there is room for */
    DistinctCounter(int most) {
        this.most = most;
        this.table = new DistinctTable(most);
    }

    /**
     * Takes decisions.
     *
     * @param key    its first bytes are what makes them different from others; copied
     * @param length of the key
     */
    void add(byte[] key, int length, long packets, long first, long last) {
        if (!filling.add(key, length, packets, first, last)) {
            handOn();
            filling.add(key, length, packets, first, last);
        }
    }

    private void handOn() {
        await();
        DistinctBatch full = filling;
        filling = counted;
        counted = full;
        DistinctTable into = table;
        counting = CompletableFuture.runAsync(() -> full.moveTo(into));
    }

    private void await() {
        try {
            counting.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error; // the memory is full, and whoever reads the log must know
            }
            throw e;
        }
    }

    /** Everything that was taken; begins anew. */
    DistinctTable take() {
        await();
        filling.moveTo(table);
        DistinctTable whole = table;
        table = new DistinctTable(most);
        return whole;
    }
}
