package io.secgroupd.daemon.cli.policy;

import io.secgroupd.daemon.replay.ReplayTally;
import io.secgroupd.rules.analyze.Explanation;
import io.secgroupd.rules.analyze.ExplanationText;
import io.secgroupd.rules.decide.Decision;
import io.secgroupd.rules.decide.MatchedRule;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.text.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A replay as text: a line for each kind of flow, and a sentence for all of them. */
final class ReplayText {

    private ReplayText() {}

    static void print(ReplayTally tally, PrintWriter out) {
        List<ReplayTally.FlowRow> rows = tally.rows();
        rows.stream().filter(row -> !row.midStream()).forEach(row -> out.println(Printable.shown(line(row))));
        List<ReplayTally.FlowRow> underWay =
                rows.stream().filter(ReplayTally.FlowRow::midStream).toList();
        if (!underWay.isEmpty()) {
            out.println("under way when they were first seen, opened by either end:");
            underWay.forEach(row -> out.println(Printable.shown(line(row))));
        }
        if (tally.notListed() > 0) {
            out.println("and " + Plural.grouped(tally.notListed()) + " more flows, which are counted but not listed");
        }
        out.println(summary(tally));
        out.flush();
    }

    private static String line(ReplayTally.FlowRow row) {
        Explanation shown = row.against().orElse(row.explanation());
        String count = String.format(Locale.ROOT, "%7s", Plural.grouped(row.count()) + "x");
        String before = row.against().isPresent() ? "; was " + verdict(row.explanation()) : "";
        return shown.verdict() + count + "  " + ExplanationText.flow(shown) + "  " + why(shown) + before;
    }

    private static String verdict(Explanation explanation) {
        return explanation.verdict() + " " + why(explanation);
    }

    /** Both halves, each with its rule or its reason. */
    private static String why(Explanation explanation) {
        String halves = Stream.of(Direction.EGRESS, Direction.INGRESS)
                .flatMap(direction ->
                        explanation.half(direction).stream().map(decision -> direction.word() + " " + half(decision)))
                .collect(Collectors.joining(", "));
        return halves.isEmpty() ? explanation.judgement().reason().word() : halves;
    }

    private static String half(Decision decision) {
        MatchedRule rule = decision.rule();
        return rule == null ? decision.reason().word() : rule.id() + " " + rule.group() + " " + rule.at();
    }

    private static String summary(ReplayTally tally) {
        if (tally.comparing()) {
            return Plural.grouped(tally.nowRejected()) + " of " + flows(tally) + " newly refused, "
                    + Plural.grouped(tally.nowAccepted()) + " newly allowed";
        }
        return flows(tally) + ": " + Plural.grouped(tally.accepted()) + " accepted, " + Plural.grouped(tally.rejected())
                + " rejected"
                + (tally.midStream() > 0
                        ? "; " + Plural.grouped(tally.midStream()) + " of them under way already"
                        : "");
    }

    private static String flows(ReplayTally tally) {
        return Plural.grouped(tally.flows()) + (tally.flows() == 1 ? " flow" : " flows");
    }
}
