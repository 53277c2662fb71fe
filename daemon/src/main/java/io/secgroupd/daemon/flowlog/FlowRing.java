package io.secgroupd.daemon.flowlog;

import io.secgroupd.daemon.dataplane.DecisionSink;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.daemon.units.SocketCgroups;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.net.Hook;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue from one packet loop to the writer. It is a ring of records, which the loop fills in place and the
 * writer reads in place. When none is free the decision is counted as lost, because a slow disk must never slow a
 * verdict.
 *
 * <p>Each side counts the records that it has processed. The loop publishes its count once per burst, so that the cache
 * line between the two also moves once per burst.
 */
public final class FlowRing implements DecisionSink {

    private final FlowRecord[] records;
    private final AtomicLong filled = new AtomicLong();
    private final AtomicLong released = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Wanted wanted;
    private final LongSupplier epochMillis;
    private final boolean observed;
    private final @Nullable OutgoingSockets outgoing;
    private volatile @Nullable Thread sleepingWriter;

    // Only the loop writes these; the writer keeps its place elsewhere, or each record of the one would take the line
    // of the cache
    // with these fields away from the other.
    private long next;
    private long end;
    private long burstMillis;
    private long edition;

    /**
     * The decisions that are wanted in the log. Others are neither written nor counted as lost.
     *
     * @param differences all about which a candidate differs, whatever else is wanted
     */
    public record Wanted(boolean accepts, boolean rejects, boolean differences) {
        public static final Wanted ALL = new Wanted(true, true, true);
    }

    /**
     * @param capacity    the number of decisions that can wait; a power of two
     * @param observed    whether the host lets everything through, so that verdicts say what enforcing would have done; an instance
     *                    that observes says so in its decisions
     * @param epochMillis the clock
     */
    public FlowRing(int capacity, Wanted wanted, boolean observed, LongSupplier epochMillis) {
        this(capacity, wanted, observed, epochMillis, null);
    }

    /**
     * A ring that also asks whose sockets open flows.
     *
     * @param sockets answers the loop's thread; null when nobody is to be asked
     */
    public FlowRing(
            int capacity, Wanted wanted, boolean observed, LongSupplier epochMillis, @Nullable SocketCgroups sockets) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("no power of two: " + capacity);
        }
        this.records = new FlowRecord[capacity];
        for (int i = 0; i < capacity; i++) { // a stream of so many would be compiled for this one time
            records[i] = new FlowRecord();
        }
        this.end = capacity;
        this.wanted = wanted;
        this.observed = observed;
        this.epochMillis = epochMillis;
        this.outgoing = sockets == null ? null : new OutgoingSockets(sockets);
    }

    @Override
    public void judged(PacketView packet, Hook hook) {
        if (outgoing != null && LocalEnd.at(hook, packet) == LocalEnd.SOURCE) {
            outgoing.add(packet, burstMillis());
        }
    }

    @Override
    public void verdictsFollow() {
        if (outgoing != null) {
            outgoing.ask();
        }
    }

    @Override
    public void record(
            Decision decision,
            @Nullable Decision candidate,
            PacketView packet,
            Hook hook,
            int interfaceIndex,
            long generation) {
        LocalEnd localEnd = LocalEnd.at(hook, packet);
        long cgroup = outgoing != null && localEnd == LocalEnd.SOURCE ? outgoing.nextAnswer() : SocketCgroups.UNTOLD;
        if (!(candidate != null && wanted.differences())
                && !(decision.accepted() ? wanted.accepts() : wanted.rejects())) {
            return;
        }
        if (next == end && !findRoom()) {
            lost.setOpaque(lost.getPlain() + 1); // one loop writes, so no read-modify-write is needed
            return;
        }
        FlowRecord record = at(next++);
        record.fill(
                burstMillis(),
                decision,
                candidate,
                observed || decision.observed(),
                packet,
                packet.length(),
                packet.tcpFlags(),
                packet.tcpSequence(),
                interfaceIndex,
                generation,
                localEnd);
        record.sentFrom(cgroup);
        record.judgedBy(edition);
    }

    private long burstMillis() {
        if (burstMillis == 0) {
            burstMillis = epochMillis.getAsLong();
        }
        return burstMillis;
    }

    @Override
    public void judgedBy(long number) {
        edition = number;
    }

    private boolean findRoom() {
        end = released.getAcquire() + records.length;
        return next != end;
    }

    /** Publishes the burst and wakes the writer if it sleeps: at most one system call per burst. */
    @Override
    public void endOfBurst() {
        burstMillis = 0;
        if (outgoing != null) {
            outgoing.forget();
        }
        filled.setRelease(next);
        Thread writer = sleepingWriter;
        if (writer != null) {
            sleepingWriter = null;
            LockSupport.unpark(writer);
        }
    }

    /**
     * The next decision, or null. Only the writer may call this, and it must {@link #release} the record before it asks
     * again.
     */
    @Nullable
    FlowRecord poll() {
        long taken = released.getPlain();
        return taken == filled.getAcquire() ? null : at(taken);
    }

    /** Gives the last record back. */
    void release() {
        released.setRelease(released.getPlain() + 1);
    }

    private FlowRecord at(long number) {
        return records[(int) number & records.length - 1];
    }

    /** The number of decisions since the start that found no free record. */
    long lost() {
        return lost.getOpaque();
    }

    /** Announces that the writer is about to sleep. The writer must check the ring once more before it does. */
    void writerSleeps(Thread writer) {
        sleepingWriter = writer;
    }

    boolean isEmpty() {
        return released.getAcquire() == filled.getAcquire();
    }
}
