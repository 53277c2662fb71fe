package io.secgroupd.rules.analyze;

import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.InstanceFilter;
import io.secgroupd.rules.decide.Judgement;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.decide.NearestMiss;
import io.secgroupd.rules.decide.RuleTerms;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.net.Verdict;
import java.util.Optional;

/**
 * One flow judged by both halves. The terms of the rule and the nearest miss take time, so they are looked up only when
 * they are asked for.
 *
 * @param from the filter of the instance that the flow comes from; empty when its source is no instance
 * @param to   the filter of the instance that the flow goes to; empty when its destination is no instance
 */
public record Explanation(Judgement judgement, Optional<InstanceFilter> from, Optional<InstanceFilter> to) {

    public FlowTuple flow() {
        return judgement.flow();
    }

    public Verdict verdict() {
        return judgement.verdict();
    }

    /** Reports whether the flow is let in: by the rules, or since only instances that observe refuse it. */
    public boolean passes() {
        return verdict() == Verdict.ACCEPT || observed();
    }

    /** Reports whether a flow that is rejected passes all the same, since only instances that observe refuse it. */
    public boolean observed() {
        return judgement.observed();
    }

    /** What one half decided. Empty when it was not judged. */
    public Optional<Decision> half(Direction direction) {
        return direction == Direction.INGRESS ? judgement.ingress() : judgement.egress();
    }

    /** The terms of the rule that accepted in one half. */
    public Optional<RuleTerms> terms(Direction direction) {
        MatchedRule matched = half(direction).map(Decision::rule).orElse(null);
        if (matched == null) {
            return Optional.empty();
        }
        return local(direction).stream()
                .flatMap(filter -> filter.table(direction).rules().stream())
                .filter(terms -> terms.rule().number() == matched.number())
                .findFirst();
    }

    /** The rule that came nearest, when one half rejected and its instance has rules at all. */
    public Optional<NearestMiss> nearest(Direction direction) {
        return half(direction)
                .filter(decision -> !decision.accepted())
                .flatMap(decision -> local(direction))
                .flatMap(filter -> filter.nearestMiss(direction, flow()));
    }

    /** The instance whose rules judge one half. */
    Optional<InstanceFilter> local(Direction direction) {
        return direction == Direction.INGRESS ? to : from;
    }
}
