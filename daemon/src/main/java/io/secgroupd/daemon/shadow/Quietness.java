package io.secgroupd.daemon.shadow;

import io.secgroupd.rules.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides whether a candidate has been quiet for long enough to be put in force. */
public final class Quietness {

    /** So many differences are named; all are in the status. */
    private static final int NAMED = 5;

    private Quietness() {}

    /**
     * Returns the reason why a candidate was not quiet: it has not been judged for as long, has judged nothing, has failed, or
     * differed within that time in a way that nobody has accepted.
     */
    public static Optional<String> objection(ShadowReport report, Duration quiet, Instant now) {
        Duration age = report.candidate().age(now);
        if (age.compareTo(quiet) < 0) {
            return Optional.of("it has been judged for " + words(age) + " only, and not for " + words(quiet));
        }
        if (report.totals().connections() == 0) {
            return Optional.of("no connection has been judged since it began, which proves nothing");
        }
        if (report.totals().faults() > 0) {
            return Optional.of("it could not judge " + Plural.of(report.totals().faults(), "packet")
                    + " because of a defect of the program, which proves nothing");
        }
        Instant from = now.minus(quiet);
        List<Difference> lately = report.unaccepted().stream()
                .filter(difference -> !difference.last().isBefore(from))
                .toList();
        return lately.isEmpty() ? Optional.empty() : Optional.of(named(lately, quiet));
    }

    private static String named(List<Difference> lately, Duration quiet) {
        String names = lately.stream()
                .limit(NAMED)
                .map(difference -> difference.id() + " (" + difference.kind().word() + ", " + difference.count() + "x)")
                .collect(Collectors.joining(", "));
        return Plural.of(lately.size(), "difference") + " within " + words(quiet) + " that nobody has accepted: "
                + names
                + (lately.size() > NAMED ? " and more" : "")
                + "; see secgroupd shadow status, and name with --accept what is meant";
    }

    /** The largest unit that says it exactly enough: {@code 7d}, {@code 3h}, {@code 5m}, {@code 20s}. */
    static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + "d";
        }
        if (time.toHours() > 0) {
            return time.toHours() + "h";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + "m" : Math.max(0, time.toSeconds()) + "s";
    }
}
