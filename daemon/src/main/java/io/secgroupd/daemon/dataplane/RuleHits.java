package io.secgroupd.daemon.dataplane;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import java.util.List;

/** The counters of one policy's rules, found by the rule's number. */
public final class RuleHits {

    /** The hits of a policy whose rules are not counted. */
    public static final RuleHits NONE = new RuleHits(List.of());

    private final RuleCounter[] byNumber;

    RuleHits(List<RuleCounter> byNumber) {
        this.byNumber = byNumber.toArray(RuleCounter[]::new);
    }

    /** Counts a decision that a rule has made. Allocates nothing. */
    public void count(Decision decision, long epochMillis) {
        count(decision, 1, epochMillis);
    }

    /** Counts a decision that a rule has made so many times. */
    void count(Decision decision, int times, long epochMillis) {
        MatchedRule rule = decision.rule();
        if (rule != null && rule.number() < byNumber.length) {
            byNumber[rule.number()].hit(times, epochMillis);
        }
    }
}
