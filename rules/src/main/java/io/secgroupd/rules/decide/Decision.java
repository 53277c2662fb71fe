package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its reason. Every decision that a filter can come to is made when the filter is compiled, so that
 * deciding allocates nothing.
 *
 * @param direction the direction of the half that decided: towards an instance, or away from it
 * @param instance the instance whose rules were asked; empty when there was none
 * @param rule     the rule that matched; null unless the reason is {@link Reason#RULE}
 * @param observed whether the packet passes all the same, since the instance whose rules refuse it only observes
 */
public record Decision(
        Verdict verdict,
        Reason reason,
        Direction direction,
        String instance,
        @Nullable MatchedRule rule,
        boolean observed) {

    public static Decision accept(Direction direction, String instance, MatchedRule rule) {
        return new Decision(Verdict.ACCEPT, Reason.RULE, direction, instance, rule, false);
    }

    public static Decision reject(Direction direction, Reason reason, String instance) {
        return new Decision(Verdict.REJECT, reason, direction, instance, null, false);
    }

    /** The refusal by an instance that lets in what its rules refuse. */
    public static Decision observe(Direction direction, Reason reason, String instance) {
        return new Decision(Verdict.REJECT, reason, direction, instance, null, true);
    }

    public boolean accepted() {
        return verdict == Verdict.ACCEPT;
    }

    /** Reports whether a host that enforces lets the packet through. */
    public boolean passes() {
        return accepted() || observed;
    }
}
