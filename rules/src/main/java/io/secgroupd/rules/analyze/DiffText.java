package io.secgroupd.rules.analyze;

import io.secgroupd.rules.analyze.InstanceChange.Kind;
import io.secgroupd.rules.net.Verdict;
import java.util.stream.Collectors;

/** Differences in words: {@code +} for what is newly allowed, {@code -} for what is newly rejected. */
public final class DiffText {

    private DiffText() {}

    /**
     * One line for each change of modes, for each promise that comes or goes and for each rule that ends otherwise, and one
     * paragraph for each instance. Every line, including the last, ends with a line feed.
     */
    public static String of(PolicyDiff diff) {
        if (diff.isEmpty()) {
            return "No change in meaning.\n";
        }
        var text = new StringBuilder();
        diff.modes().forEach(change -> text.append(change).append('\n'));
        diff.invariants().forEach(change -> text.append(change).append('\n'));
        diff.ends().forEach(change -> text.append(change).append('\n'));
        for (InstanceChange change : diff.changes()) {
            text.append(header(change)).append('\n');
            for (Change flows : change.changes()) {
                text.append(flows.now() == Verdict.ACCEPT ? "  + " : "  - ")
                        .append(flows.direction().word())
                        .append(' ')
                        .append(flows.terms())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String header(InstanceChange change) {
        String addresses = change.addresses().stream()
                .map(range -> range.first().equals(range.last()) ? range.first().toString() : range.toString())
                .collect(Collectors.joining(", "));
        String kind = change.kind() == Kind.CHANGED ? "" : " " + change.kind().word();
        return change.instance() + " (" + addresses + ")" + kind;
    }
}
