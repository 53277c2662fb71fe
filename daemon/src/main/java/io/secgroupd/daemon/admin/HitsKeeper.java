package io.secgroupd.daemon.admin;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.secgroupd.daemon.dataplane.RuleCounter;
import io.secgroupd.daemon.dataplane.RuleCounters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the hits of rules across starts of the daemon. They are stored every minute and at the end, so a crash loses a
 * minute of them. When the directory cannot be written to, the hits of this start are lost, which is logged once.
 */
public final class HitsKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HitsKeeper.class);
    private static final int STORE_SECONDS = 60;

    private final HitsFile file;
    private final RuleCounters counters;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("state", true));
    private long stored = -1;
    private boolean failed;

    private HitsKeeper(HitsFile file) {
        this.file = file;
        this.counters = new RuleCounters(read(file), System::currentTimeMillis);
    }

    /** Continues from the hits that an earlier start stored in this directory. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with the thread
    public static HitsKeeper start(Path directory) {
        var keeper = new HitsKeeper(new HitsFile(directory.resolve("hits.json")));
        keeper.thread.scheduleWithFixedDelay(keeper::store, STORE_SECONDS, STORE_SECONDS, TimeUnit.SECONDS);
        return keeper;
    }

    private static List<RuleCounter> read(HitsFile file) {
        try {
            return file.read();
        } catch (IOException e) {
            LOG.warn("hits.unreadable {}: {}; counting begins anew", file.path(), e.getMessage());
            return List.of();
        }
    }

    public RuleCounters counters() {
        return counters;
    }

    private synchronized void store() {
        List<RuleCounter> all = counters.all();
        long now = all.size() + all.stream().mapToLong(RuleCounter::hits).sum();
        if (now == stored) {
            return;
        }
        try {
            Path directory = file.path().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            file.write(all);
            stored = now;
            failed = false;
        } catch (IOException e) {
            if (!failed) {
                LOG.warn("hits.unwritable {}: {}; a restart forgets the hits of rules", file.path(), e.getMessage());
            }
            failed = true;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        store();
    }
}
