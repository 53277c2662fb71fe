package io.secgroupd.daemon.flowlog;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the flow log, on a thread of its own: takes decisions from the rings, gathers equal rejects and
 * repeated SYNs, and appends the rest as lines.
 *
 * <p>While the file takes nothing, nothing is taken from the rings: these fill up, and count what finds no room. So there
 * are two places where a decision is lost, ring and reject table, and the log says the exact sum of both.
 */
public final class FlowLogWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FlowLogWriter.class);

    /** How long decisions are gathered after a wake-up: a connection that begins while the writer runs waits for it. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** A ring hands over without a full fence, so a wake-up can be missed: the next look comes at the latest after this. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** How often a loss that goes on is reported. */
    private static final long LOSS_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A disk that hangs must not keep the daemon from ending. */
    private static final long CLOSE_MILLIS = 3000;
    /** A scan of all ports is recorded whole; a flood from forged sources comes to a thousand lines a second. */
    private static final int EARLY_BURST = 65_536;

    private static final int EARLY_PER_SECOND = 1_000;

    private final List<FlowRing> rings;
    private final @Nullable RejectTable gathered;
    private final RecentSyns syns = new RecentSyns();
    private final FlowLines lines;
    /** One object that is used again: a new one for each reject would be garbage at the rate of a flood. */
    private final Consumer<FlowRecord> tooEarly;

    private final RollingFile file;
    private final OldFiles oldFiles;
    private final Thread thread;
    private long lostReported;
    private long lossReportedAt = System.nanoTime() - LOSS_NANOS;
    /** Whether decisions came since the last look. */
    private boolean busy;

    private volatile long lostRejects;
    private volatile boolean closing;

    private FlowLogWriter(List<FlowRing> rings, FlowLogTarget target, FlowTap tap) {
        this.rings = List.copyOf(rings);
        long window = target.aggregate().toMillis();
        this.gathered = window == 0
                ? null
                : new RejectTable(RejectTable.CAPACITY, window, new LineBudget(EARLY_BURST, EARLY_PER_SECOND));
        this.oldFiles = new OldFiles(target.path(), target.keep());
        this.file = new RollingFile(target.path(), target.rotateBytes(), oldFiles, System::nanoTime);
        this.lines = new FlowLines(target, file, tap, System::currentTimeMillis);
        this.tooEarly = lines::aggregate;
        this.thread = new Thread(this::write, "flow-log");
        thread.setDaemon(true);
    }

    /**
     * Starts the thread. The file's directory should exist; until it does, decisions wait.
     *
     * @param tap is given every line as well
     */
    public static FlowLogWriter start(List<FlowRing> rings, FlowLogTarget target, FlowTap tap) {
        var writer = new FlowLogWriter(rings, target, tap);
        writer.thread.start();
        return writer;
    }

    /** Decisions that are not in the log, since the start. What is still waiting to be written counts as in it. */
    public long lost() {
        long lost = lostRejects;
        for (FlowRing ring : rings) {
            lost += ring.lost();
        }
        return lost;
    }

    private void write() {
        while (!closing) {
            writeOnce();
            sleep();
        }
        finish();
    }

    private void writeOnce() {
        if (lines.flush() && drainRings() && writeExpired()) {
            reportLoss(false);
            lines.flush();
        }
    }

    /** Returns false when the file does not take any more, as do the methods that follow. */
    private boolean drainRings() {
        boolean written = drainEach();
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
            busy = true;
            take(record);
            ring.release();
            if (lines.isFull() && !lines.flush()) {
                return false;
            }
        }
        return true;
    }

    private void take(FlowRecord record) {
        boolean ownLine = record.decision().accepted() && !syns.marked(record);
        if (gathered == null || ownLine) {
            lines.decision(record);
        } else {
            gathered.add(record, tooEarly);
        }
    }

    private boolean writeExpired() {
        return writeAggregates(System.currentTimeMillis());
    }

    /** @param now the time, or {@link Long#MAX_VALUE} for all of them */
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
        long now = System.nanoTime();
        if (lost > lostReported && (atOnce || now - lossReportedAt >= LOSS_NANOS)) {
            lines.skipped(lost - lostReported);
            lostReported = lost;
            lossReportedAt = now;
        }
    }

    /** As long as decisions come, the writer looks by itself: to be woken costs a packet loop a system call. */
    private void sleep() {
        if (!busy) {
            awaitDecisions();
        }
        busy = false;
        LockSupport.parkNanos(this, GATHER_NANOS);
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

    private void finish() {
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

    /** Writes what has been handed over and closes the file. A disk that hangs is not waited for. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever closes us is in a hurry: the rest is not waited for
        }
        if (thread.isAlive()) {
            LOG.error("flowlog.hangs: the disk does not answer; the last decisions are not in the flow log");
        }
    }
}
