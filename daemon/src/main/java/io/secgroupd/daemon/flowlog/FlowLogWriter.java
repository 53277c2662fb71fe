package io.secgroupd.daemon.flowlog;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The one writer of the flow log, on a thread of its own: takes decisions from the rings and appends them as lines.
 * What a ring had to drop stands in the log as a record of its own, with the exact number.
 */
public final class FlowLogWriter implements AutoCloseable {

    /** As much as is gathered for one write. */
    private static final int CHUNK_BYTES = 64 * 1024;
    /** After a wake-up lines are gathered for so long, so that a busy host wakes the writer a few hundred times a second. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    /** A ring hands over without a full fence, so a wake-up can be missed: the next look comes at the latest after this. */
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<FlowRing> rings;
    private final LineFormat format;
    private final RollingFile file;
    private final FlowTap tap;
    private final Thread thread;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(CHUNK_BYTES + 4096);
    private long sequence;
    private long lostReported;
    private volatile boolean closing;

    private FlowLogWriter(List<FlowRing> rings, LineFormat format, RollingFile file, FlowTap tap) {
        this.rings = List.copyOf(rings);
        this.format = format;
        this.file = file;
        this.tap = tap;
        this.thread = new Thread(this::write, "flow-log");
        thread.setDaemon(true);
    }

    /**
     * Opens the file and starts the thread. The file's directory must exist.
     *
     * @param tap is given every line as well
     */
    public static FlowLogWriter start(List<FlowRing> rings, FlowLogTarget target, FlowTap tap) {
        var format = new JsonFormat(target.start(), target.host(), new InterfaceNames());
        var file = new RollingFile(target.path(), target.rotateBytes(), target.keep());
        var writer = new FlowLogWriter(rings, format, file, tap);
        writer.thread.start();
        return writer;
    }

    private void write() {
        boolean last;
        do {
            last = closing;
            for (FlowRing ring : rings) {
                drain(ring);
            }
            reportLoss();
            flush();
            if (!last) {
                sleep();
            }
        } while (!last);
        file.close();
    }

    private void drain(FlowRing ring) {
        FlowRecord record;
        while ((record = ring.poll()) != null) {
            format.decision(++sequence, record, chunk);
            ring.release(record);
            if (chunk.size() >= CHUNK_BYTES) {
                flush();
            }
        }
    }

    private void reportLoss() {
        long lost = lost();
        if (lost > lostReported) {
            format.skipped(++sequence, System.currentTimeMillis(), lost - lostReported, chunk);
            lostReported = lost;
        }
    }

    /** Decisions that there was no room for since the start. */
    public long lost() {
        return rings.stream().mapToLong(FlowRing::lost).sum();
    }

    private void flush() {
        if (chunk.size() > 0) {
            byte[] lines = chunk.toByteArray();
            chunk.reset();
            file.append(lines);
            tap.lines(lines);
        }
    }

    private void sleep() {
        rings.forEach(ring -> ring.writerSleeps(Thread.currentThread()));
        if (!closing && rings.stream().allMatch(FlowRing::isEmpty)) {
            LockSupport.parkNanos(this, NAP_NANOS);
        }
        LockSupport.parkNanos(this, GATHER_NANOS);
    }

    /** Writes what has been handed over and closes the file. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever closes us is in a hurry: the rest is not waited for
        }
    }
}
