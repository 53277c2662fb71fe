package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a row went.
 *
 * @param broken what went wrong whatever the promise: signs that the fault should have left, and invariants of every row
 */
record Outcome(FaultRow row, Figures figures, List<String> broken) {

    Outcome {
        broken = List.copyOf(broken);
    }

    /** Everything that is not as promised; empty when the row held. */
    List<String> breaks(Promise promise) {
        List<String> all = new ArrayList<>(broken);
        if (figures.gap().compareTo(promise.gap()) > 0) {
            all.add("an open door let nobody in for " + millis(figures.gap()));
        }
        if (figures.open().compareTo(promise.open()) > 0) {
            all.add("a shut door answered for " + millis(figures.open()));
        }
        if (!isAccountedFor(promise.counts())) {
            all.add("the counters do not add up: " + figures.unjudged() + " packets of no cause, " + figures.lost()
                    + " records lost");
        }
        return all;
    }

    private boolean isAccountedFor(Counts counts) {
        return switch (counts) {
            case EXACT -> figures.unjudged() == 0 && figures.lost() == 0;
            case EXACT_WITH_LOSS -> figures.unjudged() == 0;
            case AWAY -> figures.unjudged() >= 0 && figures.lost() == 0;
            case FREE -> true;
        };
    }

    /** One line, and one more for each thing that broke. */
    String text() {
        List<String> breaks = breaks(row.promise());
        String open = row.promise().open().isZero()
                ? ""
                : "  open " + millis(figures.open()) + " ("
                        + row.promise().open().toMillis() + ")";
        return "%3d %-22s gap %s (%d)%s  echo %s  %s  %s"
                        .formatted(
                                row.number(),
                                row.name(),
                                millis(figures.gap()),
                                row.promise().gap().toMillis(),
                                open,
                                millis(figures.echo()),
                                figures.packets(),
                                breaks.isEmpty() ? "held" : "BROKEN")
                + String.join("", breaks.stream().map(line -> "\n      " + line).toList());
    }

    private static String millis(Duration time) {
        return time.toMillis() + " ms";
    }
}
