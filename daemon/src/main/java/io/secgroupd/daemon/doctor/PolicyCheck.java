package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.control.FileRights;
import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.InstanceSelector;
import io.secgroupd.daemon.control.NotCarriedException;
import io.secgroupd.daemon.control.PolicyLoader;
import io.secgroupd.daemon.control.RefusedPolicyException;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks whether the daemon can take the files, and which instances they make this host. */
final class PolicyCheck {

    private PolicyCheck() {}

    static List<Finding> rules(Path rules, InstanceSelector selector) {
        var findings = new ArrayList<Finding>();
        findings.add(reading(rules, selector));
        findings.addAll(owners("rules", rules));
        return findings;
    }

    private static Finding reading(Path rules, InstanceSelector selector) {
        if (Files.notExists(rules)) {
            return Finding.problem(
                    "rules",
                    rules + " does not exist: the daemon does not start without it",
                    "write it, beginning with one of the examples; the format is described in secgroupd-rules(5)");
        }
        if (!Files.isReadable(rules)) {
            return Finding.note("rules", rules + " cannot be read by this user", "sudo secgroupd doctor");
        }
        try {
            HostPolicy loaded = new PolicyLoader(rules, selector).load();
            String carried =
                    loaded.carried().instances().stream().map(Instance::name).collect(Collectors.joining(", "));
            return loaded.warnings().isEmpty()
                    ? Finding.ok("rules", rules + " is sound; this host carries " + carried)
                    : Finding.note(
                            "rules",
                            rules + " is sound with warnings; this host carries " + carried,
                            "secgroupd check " + rules);
        } catch (RefusedPolicyException e) {
            return Finding.problem(
                    "rules", rules + " has errors, the first: " + first(e.problems()), "secgroupd check " + rules);
        } catch (NotCarriedException e) {
            return Finding.problem("rules", rules + " is sound, but " + e.getMessage(), "");
        }
    }

    static List<Finding> settings(Path file, List<Problem> problems) {
        var findings = new ArrayList<Finding>();
        if (problems.stream().anyMatch(Problem::isError)) {
            findings.add(Finding.problem(
                    "settings",
                    file + " has errors, the first: " + first(problems),
                    "correct it: the keys are in secgroupd-daemon.yaml(5); the findings below assume the defaults"));
        } else if (Files.notExists(file)) {
            findings.add(Finding.ok("settings", file + " does not exist: every key has its default"));
        } else {
            findings.add(Finding.ok("settings", file + " is sound"));
        }
        findings.addAll(owners("settings", file));
        return findings;
    }

    private static String first(List<Problem> problems) {
        return problems.stream()
                .filter(Problem::isError)
                .findFirst()
                .map(Problem::toString)
                .orElse("unknown");
    }

    /**
     * Findings about a file, the target of its links, and the directories on the way to both. Anyone who may write a file
     * that the daemon obeys decides who can reach this host. This check uses the daemon's own rule.
     */
    static List<Finding> owners(String topic, Path file) {
        return FileRights.objections(List.of(file)).stream()
                .map(objection -> owner(topic, objection))
                .toList();
    }

    private static Finding owner(String topic, FileRights.Objection objection) {
        String what = objection.file() + " " + objection.what();
        return objection.everybody()
                ? Finding.problem(topic, what, objection.mend())
                : Finding.warning(topic, what, objection.mend());
    }
}
