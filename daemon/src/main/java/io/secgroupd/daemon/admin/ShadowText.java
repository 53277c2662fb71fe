package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.shadow.DecidedBy;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.DifferenceKind;
import io.secgroupd.daemon.shadow.ShadowReport;
import io.secgroupd.rules.text.Plural;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known about the candidate, for people: a head, and each distinct difference with both decisions. */
final class ShadowText {

    private static final String NONE =
            "no candidate is judged beside the policy in force; begin with secgroupd shadow FILE\n";

    private ShadowText() {}

    static String of(Optional<ShadowReport> report, Instant now) {
        return report.map(known -> of(known, now)).orElse(NONE);
    }

    private static String of(ShadowReport report, Instant now) {
        var text = new StringBuilder(String.join("\n", head(report, now))).append('\n');
        for (DifferenceKind kind : DifferenceKind.values()) {
            List<Difference> differences = byCount(report.totals().of(kind), Integer.MAX_VALUE);
            if (!differences.isEmpty()) {
                text.append(kind.word().toUpperCase(Locale.ROOT).replace('-', ' '))
                        .append('\n');
                differences.forEach(difference -> append(difference, report.isAccepted(difference), now, text));
            }
        }
        return text.toString();
    }

    /** Which candidate it is, for how long, and what it was found to do; for the status too. */
    static List<String> head(ShadowReport report, Instant now) {
        var candidate = report.candidate();
        long connections = report.totals().connections();
        long faults = report.totals().faults();
        return List.of(
                candidate.name() + " (" + candidate.shortHash() + ")"
                        + (candidate.by().isEmpty() ? "" : ", begun by " + candidate.by()),
                "judged since " + candidate.began() + " (" + StatusText.age(candidate.began(), now) + "), ends in "
                        + StatusText.age(now, candidate.ends()),
                Plural.grouped(connections) + (connections == 1 ? " connection: " : " connections: ")
                        + kind(report, DifferenceKind.NEWLY_REFUSED, "newly refused") + ", "
                        + kind(report, DifferenceKind.NEWLY_ALLOWED, "newly allowed")
                        + (faults == 0 ? "" : "; " + Plural.of(faults, "fault") + " of the program"));
    }

    private static String kind(ShadowReport report, DifferenceKind kind, String words) {
        int ways = report.totals().of(kind).size();
        return Plural.grouped(report.totals().count(kind)) + " " + words
                + (ways == 0 ? "" : " in " + Plural.of(ways, "way"));
    }

    private static void append(Difference difference, boolean accepted, Instant now, StringBuilder text) {
        text.append(difference.id())
                .append("  ")
                .append(Plural.grouped(difference.count()))
                .append("x  first ")
                .append(StatusText.age(difference.first(), now))
                .append(" ago, last ")
                .append(StatusText.age(difference.last(), now))
                .append(" ago")
                .append(accepted ? ", accepted" : "")
                .append('\n');
        if (difference.isOthers()) {
            text.append("          more than the table has room for; the flow log has them\n");
            return;
        }
        text.append("          flow       ").append(flow(difference)).append('\n');
        text.append("          in force   ").append(inForce(difference)).append('\n');
        text.append("          candidate  ").append(candidate(difference)).append('\n');
    }

    /** {@code tcp 443, such as 198.51.100.7 -> 10.0.1.10}. */
    static String flow(Difference difference) {
        return difference.protocol()
                + (difference.service().isEmpty() ? "" : " " + difference.service())
                + ", such as " + difference.source() + " -> " + difference.destination();
    }

    /**
     * The rule with its place, or the reason with the rule that came nearest.
     *
     * @param passes whether the packet passes by it: without a rule that is so since the instance only observes
     */
    private static String decided(DecidedBy decided, boolean passes) {
        String who = decided.direction() + (decided.instance().isEmpty() ? "" : " " + decided.instance());
        if (decided.rule().isEmpty()) {
            return who + " " + decided.reason() + (passes ? ", observed" : "")
                    + (decided.text().isEmpty() ? "" : "; " + decided.text() + " (" + decided.at() + ")");
        }
        return who + " by " + decided.rule() + " " + decided.group() + " " + decided.at() + "  " + decided.text();
    }

    /** What the policy in force has decided. */
    static String inForce(Difference difference) {
        return decided(difference.inForce(), difference.kind() == DifferenceKind.NEWLY_REFUSED);
    }

    /** What the candidate would have decided. */
    static String candidate(Difference difference) {
        return decided(difference.candidate(), difference.kind() == DifferenceKind.NEWLY_ALLOWED);
    }

    /** The most frequent first. */
    static List<Difference> byCount(List<Difference> differences, int most) {
        return differences.stream()
                .sorted(Comparator.comparingLong(Difference::count).reversed())
                .limit(most)
                .toList();
    }
}
