package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.hooks.HostRules;
import io.secgroupd.daemon.hooks.HostRules.HostRule;
import io.secgroupd.daemon.hooks.MarkWriters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds other programs' rules that change packets, or their state, before secgroupd judges them. */
final class RuleChecks {

    private static final Pattern PORT_BEFORE = Pattern.compile("(?:--dports?|dport) (\\{[^}]*}|\\S+)");
    private static final Pattern PORT_AFTER = Pattern.compile(
            "(?:--to-ports |--to-destination \\S*:|redirect to :|dnat(?: ip6?)? to \\S*:)(\\d+(?:-\\d+)?)(?:\\s|$)");
    private static final Pattern TRANSLATION = Pattern.compile("-j (REDIRECT|DNAT)\\b|\\b(redirect|dnat)\\b");
    private static final Pattern UNTRACKED = Pattern.compile("-j (NOTRACK|CT\\b.*--notrack)|\\bnotrack\\b");

    private RuleChecks() {}

    /** @param cutMark the bit of cut connections; 0 when nothing tests it */
    static List<Finding> findings(HostRules rules, int cutMark) {
        var findings = new ArrayList<Finding>();
        for (HostRule rule : rules.ofOthers()) {
            if (TRANSLATION.matcher(rule.text()).find()) {
                findings.add(translation(rule));
            }
            if (UNTRACKED.matcher(rule.text()).find()) {
                findings.add(untracked(rule));
            }
        }
        MarkWriters.of(rules, cutMark)
                .forEach(writer -> findings.add(Finding.warning(
                        "marks", writer, "or leave running connections alone: established: keep in daemon.yaml")));
        return findings;
    }

    private static Finding translation(HostRule rule) {
        String before = first(PORT_BEFORE, rule.text());
        String after = first(PORT_AFTER, rule.text());
        boolean ports = !before.isEmpty() && !after.isEmpty() && !before.equals(after);
        return Finding.note(
                "nat",
                "`" + rule + "` translates addresses before secgroupd judges what comes in"
                        + (ports
                                ? ": a rule for it must name port " + after + ", not " + before
                                : ": a rule must name the address and port behind the translation"),
                ports
                        ? "inbound rule with ports: " + after + "; it opens " + after
                                + " to whoever asks for it directly, too"
                        : "");
    }

    private static Finding untracked(HostRule rule) {
        return Finding.warning(
                "notrack",
                "`" + rule
                        + "` takes packets out of connection tracking: each of them is judged by itself, and an answer"
                        + " is known for one only by the rules of the other direction",
                "take the rule out of the raw table, or allow the answers too: an outbound rule to the clients' ports for"
                        + " a service here");
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }
}
