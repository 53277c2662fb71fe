package io.secgroupd.daemon.cli.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.text.Plural;
import io.secgroupd.rules.text.Printable;
import io.secgroupd.rules.usage.RuleChange;
import io.secgroupd.rules.usage.Sightings;
import io.secgroupd.rules.usage.Tightening;
import java.io.PrintWriter;
import java.util.List;

/** What can be taken out of the rules, as text: each rule with its place, what was seen of it, and what would remain. */
final class TighteningText {

    private static final int SHOWN = 3;

    private final PrintWriter out;
    private final EvidenceText evidence;

    private TighteningText(PrintWriter out, CompiledPolicy policy) {
        this.out = out;
        this.evidence = new EvidenceText(policy);
    }

    static void print(Tightening tightening, Sightings all, CompiledPolicy policy, PrintWriter out) {
        var text = new TighteningText(out, policy);
        tightening.changes().forEach(text::change);
        text.unknown(tightening);
        text.line(tightening.changes().size() + " of " + Plural.of(tightening.looked(), "rule")
                + " can be tightened, all of them together, without refusing any of "
                + Plural.grouped(all.count()) + " connections seen "
                + EvidenceText.time(all.first()) + " to " + EvidenceText.time(all.last()));
        out.flush();
    }

    private void change(RuleChange change) {
        Rule rule = change.rule();
        line(rule.at().fileLine() + "  " + rule.group() + "  " + rule.terms() + "  (" + rule.id() + ")");
        line("    seen     "
                + change.evidence()
                        .map(seen -> evidence.of(rule.direction(), seen))
                        .orElse("never"));
        if (change.remains().isEmpty()) {
            line("    remains  nothing");
        }
        change.remains()
                .forEach(part -> line("    remains  " + RuleYaml.of(rule.direction(), part.service(), part.peers())));
    }

    private void unknown(Tightening tightening) {
        tightening
                .unknown()
                .forEach((group, instances) ->
                        line("not judged: " + group + ", because nothing is recorded of " + few(instances)));
    }

    private static String few(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        return first + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
    }

    private void line(String line) {
        out.println(Printable.shown(line));
    }
}
