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

    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;
    private static final int OBSERVED = 2;
    private static final int OUTCOMES = 3;
    private static final int REASONS = Reason.values().length;

    private final AtomicLongArray decisions = new AtomicLongArray(Direction.values().length * OUTCOMES * REASONS);
    private final AtomicLongArray undecodable = new AtomicLongArray(DecodeStatus.values().length);
    private final AtomicLongArray events = new AtomicLongArray(Event.values().length);

    /** How many packets had this verdict, whether or not they passed in spite of it. */
    public long decisions(Direction direction, Verdict verdict, Reason reason) {
        return verdict == Verdict.ACCEPT
                ? total(direction, ACCEPTED, reason)
                : total(direction, REFUSED, reason) + observed(direction, reason);
    }

    /** How many packets were rejected and passed all the same, since the host or the instance only observes. */
    public long observed(Direction direction, Reason reason) {
        return total(direction, OBSERVED, reason);
    }

    private long total(Direction direction, int outcome, Reason reason) {
        return decisions.getOpaque(index(direction, outcome, reason));
    }

    /** How many packets could not be decoded, by cause. */
    public long undecodable(DecodeStatus cause) {
        return undecodable.getOpaque(cause.ordinal());
    }

    public long events(Event event) {
        return events.getOpaque(event.ordinal());
    }

    /** Only the loop's thread may call this. */
    public void count(Decision decision, boolean passes) {
        int outcome = decision.accepted() ? ACCEPTED : passes ? OBSERVED : REFUSED;
        add(decisions, index(decision.direction(), outcome, decision.reason()), 1);
    }

    /** Only the loop's thread may call this. */
    public void countUndecodable(DecodeStatus cause) {
        add(undecodable, cause.ordinal(), 1);
    }

    void count(Event event, long times) {
        add(events, event.ordinal(), times);
    }

    private static int index(Direction direction, int outcome, Reason reason) {
        return (direction.ordinal() * OUTCOMES + outcome) * REASONS + reason.ordinal();
    }

    /** With one writer no atomic addition is needed; a reader only must never see half a number. */
    private static void add(AtomicLongArray totals, int index, long times) {
        totals.setOpaque(index, totals.getPlain(index) + times);
    }
}
