package io.secgroupd.daemon.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules with their hits for people, group by group, and at the end how many nobody has used and since when that is known. */
final class RulesText {

    private RulesText() {}

    static String of(List<RuleUse> rules, Instant now) {
        if (rules.isEmpty()) {
            return "no rules\n";
        }
        Map<String, List<RuleUse>> groups = new LinkedHashMap<>();
        rules.forEach(rule -> groups.computeIfAbsent(rule.group(), unused -> new ArrayList<>())
                .add(rule));
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("HITS", "LAST HIT", "RULE", "AT", "TERMS"));
        groups.values().forEach(group -> group.forEach(rule -> rows.add(row(rule, now))));
        List<String> lines = Columns.align(rows);
        var text = new StringBuilder(cut(lines.get(0)));
        int next = 1;
        for (var group : groups.entrySet()) {
            text.append(group.getKey()).append('\n');
            for (int i = 0; i < group.getValue().size(); i++) {
                text.append(cut(lines.get(next)));
                next++;
            }
        }
        return text.append(summary(rules, now)).toString();
    }

    private static List<String> row(RuleUse rule, Instant now) {
        return List.of(
                String.valueOf(rule.hits()),
                rule.last()
                        .map(last -> StatusText.age(last, now) + " ago")
                        .orElseGet(() -> "never in " + StatusText.age(rule.since(), now)),
                rule.rule(),
                rule.at().substring(rule.at().lastIndexOf('/') + 1),
                rule.terms());
    }

    /** The terms come last because only they may be long; JSON has them in full. */
    private static String cut(String line) {
        return (line.length() <= StatusText.WIDTH ? line : line.substring(0, StatusText.WIDTH - 1) + "…") + "\n";
    }

    private static String summary(List<RuleUse> rules, Instant now) {
        long unused = rules.stream().filter(rule -> rule.hits() == 0).count();
        Instant began = rules.stream()
                .map(RuleUse::since)
                .min(Comparator.naturalOrder())
                .orElse(now);
        return unused + " of " + rules.size() + " rules have had no hit since they were first counted; counting began "
                + began + "\n";
    }
}
