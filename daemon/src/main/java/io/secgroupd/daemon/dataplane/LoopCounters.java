package io.secgroupd.daemon.dataplane;

import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.Reason;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import java.util.concurrent.atomic.AtomicLongArray;

/** Exact totals of one loop since its start. Only the loop's thread writes them, without a lock; any thread may read. */
// The ordinals index arrays that live as long as the enum: an EnumMap would box every count.
@SuppressWarnings("EnumOrdinal")
public final class LoopCounters {

    /** The events that are counted besides decisions. */
    public enum Event {
        /** A burst of packets was answered by one write. */
        BURST,
        /** The kernel reported that it dropped packets because the receive buffer was full. */
        OVERRUN,
        /** A message was not netlink, or a packet had no id, so that nothing can be answered. */
        MALFORMED_MESSAGE,
        /** The kernel refused a verdict, as it does for packets that vanished with their interface. */
        VERDICT_REFUSED,
        /** A verdict could not be sent, so its packet waits until the queue ends. */
        VERDICT_NOT_SENT,
        /** The sink failed to take a decision. */
        NOT_RECORDED
    }

    private static final int VERDICTS = Verdict.values().length;
    private static final int REASONS = Reason.values().length;

    private final AtomicLongArray decisions = new AtomicLongArray(Direction.values().length * VERDICTS * REASONS);
    private final AtomicLongArray undecodable = new AtomicLongArray(DecodeStatus.values().length);
    private final AtomicLongArray events = new AtomicLongArray(Event.values().length);

    /** How many packets had this outcome. In mode observe it is the outcome that enforce would have had. */
    public long decisions(Direction direction, Verdict verdict, Reason reason) {
        return decisions.getOpaque(index(direction, verdict, reason));
    }

    /** How many packets could not be decoded, by cause. */
    public long undecodable(DecodeStatus cause) {
        return undecodable.getOpaque(cause.ordinal());
    }

    public long events(Event event) {
        return events.getOpaque(event.ordinal());
    }

    /** Only the loop's thread may call this. */
    public void count(Decision decision) {
        add(decisions, index(decision.direction(), decision.verdict(), decision.reason()), 1);
    }

    /** Only the loop's thread may call this. */
    public void countUndecodable(DecodeStatus cause) {
        add(undecodable, cause.ordinal(), 1);
    }

    void count(Event event, long times) {
        add(events, event.ordinal(), times);
    }

    private static int index(Direction direction, Verdict verdict, Reason reason) {
        return (direction.ordinal() * VERDICTS + verdict.ordinal()) * REASONS + reason.ordinal();
    }

    /** With one writer no atomic addition is needed; a reader only must never see half a number. */
    private static void add(AtomicLongArray totals, int index, long times) {
        totals.setOpaque(index, totals.getPlain(index) + times);
    }
}
