package io.secgroupd.daemon.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * How a rule has been used.
 *
 * @param rule  the id of the rule, {@code sgr-…}
 * @param at    the place where it is written, as {@code file:line}
 * @param terms its terms, such as {@code tcp 3306 from sg-app (10.0.1.10)}
 * @param since the time when counting began; earlier hits are unknown
 */
public record RuleUse(
        String group,
        String rule,
        String at,
        String terms,
        Instant since,
        long hits,
        Optional<Instant> first,
        Optional<Instant> last) {}
