package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Direction;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jctools.queues.SpscArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from one packet loop to the writer. Records go round: filled by the loop, read by the writer, given
 * back. When none is free the decision is counted as lost, because a slow disk must never slow a verdict.
 */
public final class FlowRing implements DecisionSink {

    private final SpscArrayQueue<FlowRecord> free;
    private final SpscArrayQueue<FlowRecord> filled;
    private final AtomicLong lost = new AtomicLong();
    private final Wanted wanted;
    private final LongSupplier epochMillis;
    private final boolean observed;
    private volatile @Nullable Thread sleepingWriter;

    /** Which decisions the operator wants in the log. Others are neither written nor lost. */
    public record Wanted(boolean accepts, boolean rejects) {
        public static final Wanted ALL = new Wanted(true, true);
    }

    /**
     * @param capacity    decisions that can wait; a power of two
     * @param observed    whether the host lets everything through, so that verdicts are what would have been
     * @param epochMillis the clock
     */
    public FlowRing(int capacity, Wanted wanted, boolean observed, LongSupplier epochMillis) {
        this.wanted = wanted;
        this.free = new SpscArrayQueue<>(capacity);
        this.filled = new SpscArrayQueue<>(capacity);
        this.observed = observed;
        this.epochMillis = epochMillis;
        for (int i = 0; i < capacity; i++) {
            free.offer(new FlowRecord());
        }
    }

    @Override
    public void record(Decision decision, PacketView packet, Direction direction, int interfaceIndex, long generation) {
        if (!(decision.accepted() ? wanted.accepts() : wanted.rejects())) {
            return;
        }
        FlowRecord record = free.poll();
        if (record == null) {
            lost.lazySet(lost.get() + 1); // one loop writes, so no read-modify-write is needed
            return;
        }
        record.fill(
                epochMillis.getAsLong(),
                decision,
                direction,
                observed,
                packet,
                packet.length(),
                packet.tcpFlags(),
                interfaceIndex,
                generation);
        filled.offer(record);
    }

    /** Wakes the writer when it has gone to sleep: one system call a burst at the most. */
    @Override
    public void endOfBurst() {
        Thread writer = sleepingWriter;
        if (writer != null) {
            sleepingWriter = null;
            LockSupport.unpark(writer);
        }
    }

    /** The next decision, or null. For the writer alone, which must {@link #release} it. */
    @Nullable
    FlowRecord poll() {
        return filled.poll();
    }

    void release(FlowRecord record) {
        free.offer(record);
    }

    /** Decisions that found no free record, since the start. */
    long lost() {
        return lost.get();
    }

    /** Announces that the writer is about to sleep. It must look at the ring once more before it does. */
    void writerSleeps(Thread writer) {
        sleepingWriter = writer;
    }

    boolean isEmpty() {
        return filled.isEmpty();
    }
}
