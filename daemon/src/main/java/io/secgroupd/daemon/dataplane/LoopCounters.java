package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.util.concurrent.atomic.AtomicLongArray;

/** Exact totals of one loop since its start. Written by the loop's thread alone, without a lock; read by anyone. */
// An ordinal is an index into arrays that live as long as the enum: an EnumMap would box every count.
@SuppressWarnings("EnumOrdinal")
public final class LoopCounters {

    /** What is counted besides decisions. */
    public enum Event {
        /** Bursts of packets answered by one write. */
        BURST,
        /** Times that the kernel said it dropped packets because the receive buffer was full. */
        OVERRUN,
        /** Messages that are no netlink, or packets without an id: nothing to answer. */
        MALFORMED_MESSAGE,
        /** Verdicts that the kernel refused, as it does for packets that an interface took with it. */
        VERDICT_REFUSED,
        /** Verdicts that could not be sent: their packets wait until the queue ends. */
        VERDICT_NOT_SENT,
        /** Decisions that the sink failed to take. */
        NOT_RECORDED
    }

    private static final int VERDICTS = Verdict.values().length;
    private static final int REASONS = Reason.values().length;

    private final AtomicLongArray decisions = new AtomicLongArray(Direction.values().length * VERDICTS * REASONS);
    private final AtomicLongArray undecodable = new AtomicLongArray(DecodeStatus.values().length);
    private final AtomicLongArray events = new AtomicLongArray(Event.values().length);

    /** Packets with this outcome. In mode observe it is the outcome that enforce would have had. */
    public long decisions(Direction direction, Verdict verdict, Reason reason) {
        return decisions.getOpaque(index(direction, verdict, reason));
    }

    /** Packets that could not be decoded, by cause. */
    public long undecodable(DecodeStatus cause) {
        return undecodable.getOpaque(cause.ordinal());
    }

    public long events(Event event) {
        return events.getOpaque(event.ordinal());
    }

    /** For the loop's thread alone. */
    public void count(Decision decision) {
        add(decisions, index(decision.direction(), decision.verdict(), decision.reason()), 1);
    }

    /** For the loop's thread alone. */
    public void countUndecodable(DecodeStatus cause) {
        add(undecodable, cause.ordinal(), 1);
    }

    void count(Event event, long times) {
        add(events, event.ordinal(), times);
    }

    private static int index(Direction direction, Verdict verdict, Reason reason) {
        return (direction.ordinal() * VERDICTS + verdict.ordinal()) * REASONS + reason.ordinal();
    }

    /** One writer: no atomic addition is needed, only that a reader never sees half a number. */
    private static void add(AtomicLongArray totals, int index, long times) {
        totals.setOpaque(index, totals.getPlain(index) + times);
    }
}
