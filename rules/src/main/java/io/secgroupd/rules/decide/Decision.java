package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its reason. Every decision that a filter can come to is made when the filter is compiled, so that
 * deciding allocates nothing.
 *
 * @param instance whose rules were asked; empty when no instance's were
 * @param rule     the rule that matched; null unless the reason is {@link Reason#RULE}
 */
public record Decision(
        Verdict verdict,
        Reason reason,
        String instance,
        @Nullable MatchedRule rule) {

    public static Decision accept(String instance, MatchedRule rule) {
        return new Decision(Verdict.ACCEPT, Reason.RULE, instance, rule);
    }

    public static Decision reject(Reason reason, String instance) {
        return new Decision(Verdict.REJECT, reason, instance, null);
    }

    /** A verdict that no instance's rules were asked for. */
    public static Decision of(Verdict verdict, Reason reason) {
        return new Decision(verdict, reason, "", null);
    }

    public boolean accepted() {
        return verdict == Verdict.ACCEPT;
    }
}
