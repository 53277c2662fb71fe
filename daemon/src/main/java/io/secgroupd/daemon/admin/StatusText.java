package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.admin.DaemonStatus.DecisionCount;
import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.InstanceStatus;
import io.secgroupd.daemon.admin.DaemonStatus.KernelCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.admin.DaemonStatus.TrialStatus;
import io.secgroupd.daemon.answer.AnswerKind;
import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.refused.CacheStatus;
import io.secgroupd.daemon.shadow.Difference;
import io.secgroupd.daemon.shadow.ShadowReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The answers for people: labels on the left, text on the right, in 100 columns. */
final class StatusText {

    static final int WIDTH = 100;

    private static final int INDENT = 12;
    private static final int SHORT_HASH = 12;

    /** So many differences of the candidate are shown, the most frequent ones that nobody has accepted. */
    private static final int DIFFERENCES = 5;

    private final StringBuilder out = new StringBuilder();

    private StatusText() {}

    static String of(DaemonStatus status) {
        var text = new StatusText();
        text.daemon(status);
        text.policy(status);
        text.lastProblem(status);
        status.shadow().ifPresent(report -> text.shadow(report, status.at()));
        status.policy().instances().forEach(text::instance);
        text.hooks(status);
        text.kernel(status.kernel());
        status.queues().forEach(text::queue);
        text.dropped(status.dropped());
        text.latency(status);
        text.decisions(status.decisions());
        status.answers().ifPresent(text::answers);
        text.cache(status.cache());
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
                        + shortHash(policy.hash()) + ", " + policy.file());
        if (!policy.change().isEmpty()) {
            line("", "changed: " + policy.change());
        }
        policy.nextEnd()
                .ifPresent(end -> line(
                        "next end",
                        end.group() + " " + end.terms() + " in " + age(status.at(), end.expires()) + " (" + end.rule()
                                + " at " + end.at() + ")"));
        policy.trial().ifPresent(trial -> line("TRIAL", trial(trial, age(status.at(), trial.until()))));
        policy.refusal().ifPresent(refusal -> {
            line(
                    "STALE",
                    "the files were refused " + age(refusal.since(), status.at()) + " ago: " + refusal.why()
                            + "; the old policy stays in force");
            refusal.problems().forEach(problem -> line("", problem));
        });
    }

    private void shadow(ShadowReport report, Instant at) {
        line("shadow", String.join("; ", ShadowText.head(report, at)));
        List<Difference> most = ShadowText.byCount(report.unaccepted(), DIFFERENCES);
        for (Difference difference : most) {
            line(
                    "",
                    difference.id() + " " + difference.kind().word() + " " + difference.count() + "x "
                            + ShadowText.flow(difference) + "; in force: " + ShadowText.inForce(difference)
                            + "; candidate: " + ShadowText.candidate(difference));
        }
        if (report.totals().differences().size() > most.size()) {
            line("", "all differences: secgroupd shadow status");
        }
    }

    private static String trial(TrialStatus trial, String left) {
        if (trial.fleet()) {
            return "a revision of the control server, which secgroupd pull confirms; otherwise it ends in " + left;
        }
        return "not what the file says; secgroupd confirm " + shortHash(trial.hash())
                + " keeps it, otherwise it ends in " + left + (trial.by().isEmpty() ? "" : "; begun by " + trial.by());
    }

    private static String shortHash(String hash) {
        return hash.substring(0, Math.min(SHORT_HASH, hash.length()));
    }

    private void lastProblem(DaemonStatus status) {
        line(
                "last issue",
                status.lastProblem()
                        .map(last -> age(last.at(), status.at()) + " ago: " + last.text())
                        .orElse("none since the start"));
    }

    private void instance(InstanceStatus instance) {
        line(
                "instance",
                instance.name() + " (" + String.join(", ", instance.addresses()) + "), mode " + instance.mode()
                        + ", in " + (instance.groups().isEmpty() ? "no group" : String.join(", ", instance.groups())));
    }

    private void hooks(DaemonStatus status) {
        line(
                "hooks",
                status.hooks() + (status.hooksRestored() == 0 ? "" : ", restored " + status.hooksRestored() + "x"));
    }

    private void kernel(List<KernelCount> counts) {
        if (!counts.isEmpty()) {
            line(
                    "kernel",
                    counts.stream()
                            .map(count -> count.hook() + " " + count.step() + " " + count.packets())
                            .collect(Collectors.joining(", ")));
        }
    }

    private void queue(QueueStatus queue) {
        line(
                "queue " + queue.number(),
                known(queue.depth()) + " of " + queue.length() + " waiting"
                        + (queue.depth().isPresent() ? "" : " (only root and group root can read it)"));
    }

    private void answers(AnswerTotals answers) {
        line(
                "answers",
                AnswerKind.RESET.word() + " " + answers.resets() + ", " + AnswerKind.PROHIBITED.word() + " "
                        + answers.prohibited() + "; " + answers.limited() + " refused packets beyond the limits");
    }

    private void cache(CacheStatus cache) {
        String refused = cache.packets() + " packets refused by the kernel";
        line(
                "cache",
                (cache.why().isEmpty() ? "on, " + cache.keys() + " keys; " : "off: " + cache.why() + "; ") + refused);
    }

    private void dropped(List<DropCount> dropped) {
        line(
                "dropped",
                dropped.stream()
                        .map(drop -> drop.cause() + " " + known(drop.packets()))
                        .collect(Collectors.joining(", ")));
    }

    private static String known(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "unknown";
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
                        String.valueOf(count.packets()),
                        count.observed() == 0 ? "" : "let in: " + count.observed()));
            }
        }
        if (rows.isEmpty()) {
            line("decisions", "none yet");
        }
        String label = "decisions";
        for (String row : Columns.align(rows)) {
            row(label, row);
            label = "";
        }
    }

    /** Breaks at spaces; a word longer than the line stays whole. */
    private void line(String label, String text) {
        String left = text;
        String begin = label;
        while (left.length() > WIDTH - INDENT) {
            int inside = left.lastIndexOf(' ', WIDTH - INDENT);
            int at = inside > 0 ? inside : left.indexOf(' ');
            if (at < 0) {
                break;
            }
            row(begin, left.substring(0, at));
            begin = "";
            left = left.substring(at + 1);
        }
        row(begin, left);
    }

    private void row(String label, String text) {
        out.append(String.format(Locale.ROOT, "%-" + (INDENT - 1) + "s %s%n", label, text));
    }

    static String of(ReloadOutcome outcome) {
        return lines(outcome.problems(), outcome.sentence());
    }

    /** A line for each problem, and a sentence behind them. */
    static String lines(List<String> problems, String sentence) {
        var lines = new ArrayList<>(problems);
        lines.add(sentence);
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
