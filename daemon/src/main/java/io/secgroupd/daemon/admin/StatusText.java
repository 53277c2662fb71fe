package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.DaemonStatus.Carried;
import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answers for people: a word on the left, what there is to know on the right. */
final class StatusText {

    private final StringBuilder out = new StringBuilder();

    private StatusText() {}

    static String of(DaemonStatus status) {
        var text = new StatusText();
        text.daemon(status);
        text.policy(status);
        status.policy().instances().forEach(text::instance);
        text.hooks(status);
        status.queues().forEach(text::queue);
        text.latency(status);
        text.decisions(status.decisions());
        text.line("flow log", status.flowLogLost() == 0 ? "nothing lost" : status.flowLogLost() + " decisions lost");
        return text.out.toString();
    }

    private void daemon(DaemonStatus status) {
        line(
                "secgroupd",
                status.version() + ", mode " + status.mode() + ", running for " + age(status.started(), status.at()));
    }

    private void policy(DaemonStatus status) {
        var policy = status.policy();
        line(
                "policy",
                "generation " + policy.generation() + " for " + age(policy.since(), status.at()) + ", hash "
                        + policy.hash().substring(0, Math.min(12, policy.hash().length())) + ", " + policy.file());
        policy.refusal().ifPresent(refusal -> {
            line(
                    "STALE",
                    "the files were refused " + age(refusal.since(), status.at()) + " ago: " + refusal.why()
                            + "; the old policy stays in force");
            refusal.problems().forEach(problem -> line("", problem));
        });
    }

    private void instance(Carried instance) {
        line(
                "instance",
                instance.name() + " (" + String.join(", ", instance.addresses()) + ") in "
                        + (instance.groups().isEmpty() ? "no group" : String.join(", ", instance.groups())));
    }

    private void hooks(DaemonStatus status) {
        line(
                "hooks",
                status.hooks() + (status.hooksRestored() == 0 ? "" : ", restored " + status.hooksRestored() + "x"));
    }

    private void queue(QueueStatus queue) {
        line(
                "queue " + queue.number(),
                queue.depth() + " of " + queue.length() + " waiting, dropped: " + queue.queueFull() + " queue full, "
                        + queue.bufferFull() + " buffer full");
    }

    private void latency(DaemonStatus status) {
        var nanos = status.latency().nanos();
        line(
                "latency",
                nanos.getTotalCount() == 0
                        ? "no packet yet"
                        : "p50 " + micros(nanos.getValueAtPercentile(50)) + ", p99 "
                                + micros(nanos.getValueAtPercentile(99)) + ", p99.9 "
                                + micros(nanos.getValueAtPercentile(99.9)) + ", max " + micros(nanos.getMaxValue()));
    }

    private void decisions(List<DecisionCount> decisions) {
        var rows = new ArrayList<List<String>>();
        for (DecisionCount count : decisions) {
            if (count.packets() > 0) {
                rows.add(List.of(
                        count.direction().word(),
                        count.verdict().name(),
                        count.reason().word(),
                        String.valueOf(count.packets())));
            }
        }
        if (rows.isEmpty()) {
            line("decisions", "none yet");
        }
        String label = "decisions";
        for (String row : Columns.align(rows)) {
            line(label, row);
            label = "";
        }
    }

    private void line(String label, String text) {
        out.append(String.format(Locale.ROOT, "%-11s %s%n", label, text));
    }

    /** Rules with their hits, and at the end those that nobody has used, with since when that is known. */
    static String ofRules(List<RuleUse> rules, Instant now) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("HITS", "LAST HIT", "RULE", "GROUP", "TERMS", "AT"));
        for (RuleUse rule : rules) {
            rows.add(List.of(
                    String.valueOf(rule.hits()),
                    rule.last().map(last -> age(last, now) + " ago").orElse("never"),
                    rule.rule(),
                    rule.group(),
                    rule.terms(),
                    rule.at()));
        }
        return String.join(
                        "", Columns.align(rows).stream().map(row -> row + "\n").toList())
                + unused(rules, now);
    }

    private static String unused(List<RuleUse> rules, Instant now) {
        List<RuleUse> never = rules.stream().filter(rule -> rule.hits() == 0).toList();
        Optional<Instant> began = never.stream().map(RuleUse::since).max(Comparator.naturalOrder());
        String counted = rules.stream()
                .map(RuleUse::since)
                .min(Comparator.naturalOrder())
                .map(since -> "counting began " + since + " (" + age(since, now) + " ago)")
                .orElse("no rules");
        return began.map(since -> never.size() + " of " + rules.size() + " rules have had no hit since they were first "
                                + "counted, the newest of them " + age(since, now) + " ago; ")
                        .orElse("")
                + counted + "\n";
    }

    static String of(ReloadOutcome outcome) {
        var lines = new ArrayList<>(outcome.problems());
        lines.add(outcome.sentence());
        return String.join("\n", lines) + "\n";
    }

    private static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.1f µs", nanos / 1000.0);
    }

    /** The two largest units: {@code 3d 4h}, {@code 12s}. */
    static String age(Instant from, Instant to) {
        Duration age = Duration.between(from, to);
        if (age.toDays() > 0) {
            return age.toDays() + "d " + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h " + age.toMinutesPart() + "m";
        }
        if (age.toMinutes() > 0) {
            return age.toMinutes() + "m " + age.toSecondsPart() + "s";
        }
        return Math.max(0, age.toSeconds()) + "s";
    }
}
