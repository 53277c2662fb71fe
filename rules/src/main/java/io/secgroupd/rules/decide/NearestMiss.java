package io.secgroupd.rules.decide;

import io.secgroupd.rules.net.Flow;
import java.util.List;
import java.util.Optional;

/**
 * The rule that would have matched with the fewest changes.
 *
 * @param differing the terms that differ, in words
 */
public record NearestMiss(RuleTerms terms, List<String> differing) {

    /** The nearest of these rules; the first of equals. Empty when there are no rules. */
    public static Optional<NearestMiss> of(List<RuleTerms> rules, Flow flow) {
        NearestMiss nearest = null;
        for (RuleTerms rule : rules) {
            List<String> differing = rule.differing(flow);
            if (nearest == null || differing.size() < nearest.differing.size()) {
                nearest = new NearestMiss(rule, differing);
            }
        }
        return Optional.ofNullable(nearest);
    }
}
