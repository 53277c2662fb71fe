package io.secgroupd.rules.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The instants at which rules of a policy expire. Between two of them nothing changes.
 *
 * @param instants ascending, each once
 */
public record Expiries(List<Instant> instants) {

    public Expiries {
        instants = List.copyOf(instants);
    }

    /** Those of some rules. */
    static Expiries of(Stream<Rule> rules) {
        return new Expiries(rules.map(Rule::expires)
                .flatMap(Optional::stream)
                .sorted()
                .distinct()
                .toList());
    }

    /** How many of them have come at an instant: it names the set of rules that live then. */
    public int past(Instant instant) {
        int found = Collections.binarySearch(instants, instant);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Reports whether the same rules live at two instants. */
    public boolean isSame(Instant one, Instant other) {
        return past(one) == past(other);
    }

    /** The first of them after an instant. */
    public Optional<Instant> after(Instant instant) {
        return instants.stream().skip(past(instant)).findFirst();
    }

    /** The last of them. */
    public Optional<Instant> last() {
        return instants.isEmpty() ? Optional.empty() : Optional.of(instants.get(instants.size() - 1));
    }
}
