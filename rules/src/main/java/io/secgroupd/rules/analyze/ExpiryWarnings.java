package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.text.Problem;
import io.secgroupd.rules.text.Problem.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Warns of rules that have expired, and of those that will: nobody shall be surprised by either. */
public final class ExpiryWarnings {

    private ExpiryWarnings() {}

    /**
     * One warning for each entry of the file that has expired or will expire.
     *
     * @param written the policy with all rules that are written
     */
    public static List<Problem> at(Instant instant, Policy written) {
        return written.rules()
                .flatMap(rule -> warning(rule, instant).stream())
                .distinct()
                .toList();
    }

    private static Optional<Problem> warning(Rule rule, Instant instant) {
        return rule.expires()
                .map(expires -> rule.livesAt(instant)
                        ? "expires at " + expires + ": from then on it matches nothing"
                        : "expired at " + expires + " and matches nothing; remove it")
                .map(message -> new Problem(Severity.WARNING, rule.at(), rule.path(), message));
    }
}
