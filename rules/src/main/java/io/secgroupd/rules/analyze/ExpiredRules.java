package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.text.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the time alone changes in a policy.
 *
 * @param expired those that match nothing any more
 * @param revived those that match again, because the clock was set back
 */
public record ExpiredRules(List<Rule> expired, List<Rule> revived) {

    private static final int MOST_NAMED = 20;

    public ExpiredRules {
        expired = List.copyOf(expired);
        revived = List.copyOf(revived);
    }

    /**
     * Compares two instants.
     *
     * @param written the policy with all rules that are written
     */
    public static ExpiredRules between(Policy written, Instant before, Instant now) {
        return new ExpiredRules(
                written.rules()
                        .filter(rule -> rule.livesAt(before) && !rule.livesAt(now))
                        .toList(),
                written.rules()
                        .filter(rule -> !rule.livesAt(before) && rule.livesAt(now))
                        .toList());
    }

    /** {@code 1 rule expired: sgr-… of sg-web at rules.yaml:12:9}; empty when nothing changes. */
    public String sentence() {
        var clauses = new ArrayList<String>();
        if (!expired.isEmpty()) {
            clauses.add(Plural.of(expired.size(), "rule") + " expired: " + names(expired));
        }
        if (!revived.isEmpty()) {
            clauses.add(
                    Plural.of(revived.size(), "rule") + " live again, since the clock was set back: " + names(revived));
        }
        return String.join("; ", clauses);
    }

    /** The rules with their groups and places, as far as anybody reads. */
    public static String names(List<Rule> rules) {
        List<String> names = rules.stream()
                .map(rule -> rule.id() + " of " + rule.group() + " at " + rule.at())
                .toList();
        return ChangeSentence.firstFew(names, MOST_NAMED, ", ");
    }
}
