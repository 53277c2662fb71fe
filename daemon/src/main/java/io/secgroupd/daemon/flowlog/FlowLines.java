package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.terms.FlowLogFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Numbers decisions, turns them into lines and passes these to the file in large pieces. Lines that the file does not
 * take stay here, whole and in order, until it does.
 */
final class FlowLines {

    /** The number of bytes that are gathered for one write: each write takes microseconds, whatever its size. */
    private static final int CHUNK_BYTES = 512 * 1024;
    /**
     * Packets reach the writer from several loops, milliseconds out of order. A larger difference means that the clock
     * was set.
     */
    private static final long OUT_OF_ORDER_MILLIS = 1000;

    private final LineFormat format;
    private final RollingFile file;
    private final FlowTap tap;
    /** The format of the tap's lines; null when the file has the same format. */
    private final @Nullable LineFormat tapFormat;

    private final LongSupplier epochMillis;
    /** How many bytes are gathered at the most: a file is not to become much larger than it may. */
    private final int chunkBytes;

    private final LineBuffer chunk;
    private final LineBuffer tapChunk = new LineBuffer(4096);
    private final BriefLines brief = new BriefLines();
    private boolean tapped;
    private long sequence;
    private long lastTime;

    FlowLines(FlowLogTarget target, RollingFile file, FlowTap tap, LongSupplier epochMillis) {
        this.format = target.lines();
        this.chunkBytes = (int) Math.min(CHUNK_BYTES, target.rotateBytes());
        this.chunk = new LineBuffer(chunkBytes + 4096);
        this.file = file;
        this.tap = tap;
        this.tapFormat = target.format() == FlowLogFormat.JSON ? null : target.jsonLines();
        this.epochMillis = epochMillis;
    }

    /** Adds a single decision, at its own time. */
    void decision(FlowRecord record) {
        line(record, inOrder(record.lastMillis()));
    }

    /** Adds a decision that stands for several, after its window has ended. */
    void aggregate(FlowRecord record) {
        line(record, inOrder(epochMillis.getAsLong()));
    }

    private void line(FlowRecord record, long time) {
        sequence++;
        int begin = chunk.size();
        format.decision(sequence, time, record, chunk);
        if (tapFormat != null && tap.isOpen()) {
            tapFormat.decision(sequence, time, record, tapChunk);
        }
        if (tap.isBriefOpen() && brief.takes(record, time)) {
            inBrief(record, time, begin);
        }
    }

    private void inBrief(FlowRecord record, long time, int begin) {
        if (tapFormat == null) {
            brief.lines().put(chunk, begin);
        } else {
            tapFormat.decision(sequence, time, record, brief.lines());
        }
    }

    void skipped(long lost) {
        long time = inOrder(epochMillis.getAsLong());
        sequence++;
        format.skipped(sequence, time, lost, chunk);
        if (tapFormat != null && tap.isOpen()) {
            tapFormat.skipped(sequence, time, lost, tapChunk);
        }
    }

    /** Keeps the file in order of time, so that its readers need not sort it. */
    private long inOrder(long time) {
        if (time < lastTime && lastTime - time < OUT_OF_ORDER_MILLIS) {
            return lastTime;
        }
        lastTime = time;
        return time;
    }

    /** Reports whether it is time to write. */
    boolean isFull() {
        return chunk.size() >= chunkBytes;
    }

    private void flushBrief() {
        if (!tap.isBriefOpen()) {
            brief.forget();
            return;
        }
        long now = epochMillis.getAsLong();
        if (brief.isDue(now)) {
            tap.briefLines(brief.handOver(now));
        }
    }

    /**
     * Writes the gathered lines. Returns false when the file does not take all of them; then nothing more may be added.
     */
    boolean flush() {
        flushBrief();
        if (chunk.size() == 0) {
            return true;
        }
        if (!tapped && tap.isOpen()) {
            tap.lines(tapFormat == null ? chunk.copy() : tapChunk.copy());
        }
        tapChunk.clear();
        chunk.removeFirst(file.append(chunk.contents()));
        tapped = chunk.size() > 0;
        return !tapped;
    }
}
