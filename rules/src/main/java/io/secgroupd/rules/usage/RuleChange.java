package io.secgroupd.rules.usage;

import io.secgroupd.rules.model.Rule;
import java.util.List;
import java.util.Optional;

/**
 * A rule that allows more than was used.
 *
 * @param remains  what would be left of it; nothing when nobody used it
 * @param evidence what was seen of it; empty when nobody used it
 */
public record RuleChange(Rule rule, List<RemainingTerms> remains, Optional<Evidence> evidence) {
    public RuleChange {
        remains = List.copyOf(remains);
    }

    /** The rules that would stand in its place. */
    public List<Rule> rules() {
        return remains.stream()
                .flatMap(part -> part.peers().stream()
                        .map(peer -> Supplement.rule(rule.group(), rule.direction(), part.service(), peer)))
                .toList();
    }
}
