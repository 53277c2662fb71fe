package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;

/**
 * A verdict that does not come from the rules of an instance, made once for each direction. It holds whether or not an
 * instance observes.
 */
public record FixedDecisions(Decision ingress, Decision egress) {

    public static FixedDecisions of(Verdict verdict, Reason reason) {
        return new FixedDecisions(
                new Decision(verdict, reason, Direction.INGRESS, "", null, false),
                new Decision(verdict, reason, Direction.EGRESS, "", null, false));
    }

    public Decision in(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }
}
