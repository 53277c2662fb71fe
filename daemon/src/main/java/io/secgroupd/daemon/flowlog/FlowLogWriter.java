package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.refused.KernelRefusals;
import io.secgroupd.daemon.refused.RefusalCache;
import io.secgroupd.daemon.units.LocalUnits;
import io.secgroupd.daemon.units.UnitCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of the flow log, on its own thread. It takes decisions from the rings, gathers those that equal a
 * reject or an accepted SYN which has its line, and appends the rest as lines.
 *
 * <p>While the file takes nothing, the writer takes nothing from the rings; they fill up and count what they have no
 * room for. So decisions are lost in only two places, the rings and the reject table, and what the kernel has refused by
 * itself where that waits for too long; the log gives the exact sum of all.
 */
public final class FlowLogWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowLogWriter.class);

    /**
     * How long decisions are gathered after a wake-up. A connection that begins while the writer runs may wait for it: at 20 ms
     * such were the slowest hundredth of those that a client opens one after the other.
     */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** The same in a flood, in which a ring is full after a hundred milliseconds. */
    private static final long FLOOD_GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** So many decisions since the last look are a flood: 80,000 a second. */
    private static final int FLOOD = 4_000;
    /**
     * A ring hands over without a full fence, so a wake-up can be missed. The writer looks again after this time at the
     * latest.
     */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How often a continuing loss is reported. */
    private static final long LOSS_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A hung disk must not keep the daemon from ending. */
    private static final long CLOSE_MILLIS = 3000;
    /** A scan of all ports is recorded in full; a flood from forged sources is limited to a thousand lines a second. */
    private static final int EARLY_BURST = 65_536;

    private static final int EARLY_PER_SECOND = 1_000;
    /** A hundred megabytes that fill in less than this come from a flood, and many of them. */
    private static final Duration REST = Duration.ofSeconds(10);

    private final List<FlowRing> rings;
    private final @Nullable RejectTable gathered;
    private final @Nullable LocalUnits units;
    private final RefusalCache cache;
    private final RecentSyns syns = new RecentSyns();
    private final FlowRecord refusedByKernel = new FlowRecord();
    private final FlowLines lines;
    private final RollingFile file;
    private final OldFiles oldFiles;
    private final Thread thread;
    private long lostReported;
    private final LogClock clock;
    private long lossReportedAt;
    /** The decisions that came since the last look. */
    private int taken;

    private volatile long lostRejects;
    private volatile boolean closing;

    /** Makes a writer that writes only when {@link #writeOnce} is called; {@link #start} has a thread do that. */
    FlowLogWriter(
            List<FlowRing> rings,
            FlowLogTarget target,
            FlowTap tap,
            @Nullable LocalUnits units,
            RefusalCache cache,
            LogClock clock) {
        this.clock = clock;
        this.lossReportedAt = clock.nanoTime().getAsLong() - LOSS_NANOS;
        this.units = units;
        this.cache = cache;
        this.rings = List.copyOf(rings);
        long window = target.aggregate().toMillis();
        this.oldFiles = new OldFiles(target.path(), target.keep(), REST);
        this.file = new RollingFile(target.path(), target.rotateBytes(), oldFiles, clock.nanoTime());
        this.lines = new FlowLines(target, file, tap, clock.epochMillis());
        this.gathered = window == 0 ? null : table(window, lines, cache);
        this.thread = new Thread(this::write, "flow-log");
        thread.setDaemon(true);
    }

    private static RejectTable table(long windowMillis, FlowLines lines, RefusalCache cache) {
        var early = new LineBudget(EARLY_BURST, EARLY_PER_SECOND);
        return new RejectTable(
                RejectTable.CAPACITY,
                windowMillis,
                early,
                lines::decision,
                lines::aggregate,
                new RepeatedRefusals(cache));
    }

    /**
     * Starts the thread. The file's directory should exist; until it does, decisions wait.
     *
     * @param tap the receiver of a copy of every line
     * @param units tells the units behind flows, which it is asked for by the writer alone; null when none is to be told
     */
    public static FlowLogWriter start(
            List<FlowRing> rings, FlowLogTarget target, FlowTap tap, @Nullable LocalUnits units) {
        return start(rings, target, tap, units, new RefusalCache("nobody has started it"));
    }

    /**
     * Starts the thread of a log that also tells what the kernel refuses by itself.
     *
     * @param cache is offered what is refused again and again, as long as the log gathers refusals
     */
    public static FlowLogWriter start(
            List<FlowRing> rings, FlowLogTarget target, FlowTap tap, @Nullable LocalUnits units, RefusalCache cache) {
        var writer = new FlowLogWriter(rings, target, tap, units, cache, LogClock.SYSTEM);
        writer.thread.start();
        return writer;
    }

    /**
     * The number of decisions since the start that are not in the log. Those that wait to be written count as logged.
     */
    public long lost() {
        long lost = lostRejects + cache.lost();
        for (FlowRing ring : rings) {
            lost += ring.lost();
        }
        return lost;
    }

    /** What became of the questions for units; empty when none are told. */
    public Optional<UnitCounts> unitCounts() {
        return Optional.ofNullable(units).map(LocalUnits::counts);
    }

    private void write() {
        while (!closing) {
            writeOnce();
            sleep();
        }
        finish();
    }

    /** Writes what waits, as far as the file takes it. */
    void writeOnce() {
        if (lines.flush() && drainRings() && writeAggregates(clock.epochMillis().getAsLong())) {
            reportLoss(false);
            lines.flush();
        }
    }

    /** Returns false when the file takes no more, as do the following methods. */
    private boolean drainRings() {
        boolean written = drainEach() && drainCache();
        if (gathered != null) {
            lostRejects = gathered.lost();
        }
        return written;
    }

    private boolean drainEach() {
        for (FlowRing ring : rings) {
            if (!drain(ring)) {
                return false;
            }
        }
        return true;
    }

    private boolean drain(FlowRing ring) {
        FlowRecord record;
        while ((record = ring.poll()) != null) {
            taken++;
            take(record);
            ring.release();
            if (lines.isFull() && !lines.flush()) {
                return false;
            }
        }
        return true;
    }

    private boolean drainCache() {
        KernelRefusals refused;
        while (gathered != null && (refused = cache.poll()) != null) {
            refusedByKernel.fill(refused);
            gathered.add(refusedByKernel);
            if (lines.isFull() && !lines.flush()) {
                return false;
            }
        }
        return true;
    }

    private void take(FlowRecord record) {
        record.unit(unit(record));
        boolean ownLine = record.decision().accepted() && !syns.marked(record);
        if (gathered == null || ownLine) {
            lines.decision(record);
        } else {
            gathered.add(record);
        }
    }

    private @Nullable String unit(FlowRecord record) {
        if (units == null) {
            return null;
        }
        return switch (record.localEnd()) {
            case NONE -> null;
            case SOURCE -> units.of(record.cgroup());
            case DESTINATION -> units.serving(record, record.interfaceIndex(), record.lastMillis());
        };
    }

    /** @param now the current time, or {@link Long#MAX_VALUE} for all entries */
    private boolean writeAggregates(long now) {
        FlowRecord record;
        while (gathered != null && (record = gathered.pollExpired(now)) != null) {
            lines.aggregate(record);
            if (lines.isFull() && !lines.flush()) {
                return false;
            }
        }
        return true;
    }

    private void reportLoss(boolean atOnce) {
        long lost = lost();
        long now = clock.nanoTime().getAsLong();
        if (lost > lostReported && (atOnce || now - lossReportedAt >= LOSS_NANOS)) {
            lines.skipped(lost - lostReported);
            lostReported = lost;
            lossReportedAt = now;
        }
    }

    /** While decisions come, the writer wakes up by itself, because waking it costs a packet loop a system call. */
    private void sleep() {
        if (taken == 0) {
            awaitDecisions();
        }
        long gather = taken < FLOOD ? GATHER_NANOS : FLOOD_GATHER_NANOS;
        taken = 0;
        LockSupport.parkNanos(this, gather);
    }

    private void awaitDecisions() {
        for (FlowRing ring : rings) {
            ring.writerSleeps(thread);
        }
        if (!closing && allEmpty()) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
    }

    private boolean allEmpty() {
        for (FlowRing ring : rings) {
            if (!ring.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Writes all that waits, also what is still gathered, and closes the file. */
    void finish() {
        file.retryNow();
        boolean written = lines.flush() && drainRings() && writeAggregates(Long.MAX_VALUE);
        if (written) {
            reportLoss(true);
            written = lines.flush();
        }
        if (!written) {
            LOG.error("flowlog.incomplete: the last decisions of this start are not in the flow log");
        }
        file.close();
        oldFiles.close();
    }

    /** Writes the pending lines and closes the file. Does not wait for a hung disk. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the caller is in a hurry, so do not wait for the rest
        }
        if (thread.isAlive()) {
            LOG.error("flowlog.hangs: the disk does not answer; the last decisions are not in the flow log");
        }
    }
}
