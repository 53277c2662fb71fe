package io.secgroupd.daemon.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * How a rule has been used.
 *
 * @param rule  {@code sgr-…}
 * @param at    {@code file:line} where it is written
 * @param terms such as {@code tcp 3306 from sg-app (10.0.1.10)}
 * @param since when counting began; earlier hits are not known
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
