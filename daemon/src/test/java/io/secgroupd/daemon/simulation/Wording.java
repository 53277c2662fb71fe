package io.secgroupd.daemon.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The texts of one policy.
 *
 * @param office empty when the office stands in the rules file
 */
record Wording(MainText main, Optional<OfficeText> office) {

    List<String> entries() {
        return office.map(OfficeText::entries).orElse(main.entries());
    }

    /** How the policy names itself, by which it is known again. */
    String name() {
        return "m" + main.number() + "/"
                + office.map(text -> "o" + text.number()).orElse("m" + main.number());
    }

    /** Whether a list has lost its last entry in it. */
    boolean hasEmptied(Wording before) {
        return entries().isEmpty() && !before.entries().isEmpty();
    }

    /** WHAT THE RULES MEAN, read aloud, for a connection to the host at a time. */
    boolean admits(String source, int port, Instant now) {
        return main.rules().stream()
                .anyMatch(rule -> rule.port() == port
                        && rule.livesAt(now)
                        && (!rule.fromOffice() || entries().contains(source)));
    }

    /** Whether a rule has ended in the time before now. */
    boolean hasJustEnded(Instant now, long millis) {
        return main.rules().stream()
                .flatMap(rule -> rule.ends().stream())
                .anyMatch(end -> !now.isBefore(end) && now.minusMillis(millis).isBefore(end));
    }
}
