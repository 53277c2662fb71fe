package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.doctor.DaemonFacts.SocketAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the daemon runs, and whether packets reach it. */
final class DaemonCheck {

    private static final String DAEMON = "daemon";
    private static final String HOOKS = "hooks";

    private DaemonCheck() {}

    static List<Finding> findings(DaemonFacts facts, Path socket) {
        var findings = new ArrayList<Finding>();
        findings.add(daemon(facts, socket));
        facts.refused()
                .ifPresent(why -> findings.add(Finding.warning(
                        DAEMON,
                        "it has not accepted the rules file as it is now: " + why,
                        "secgroupd status names every problem; the older policy is in force until it is good")));
        if (facts.hooksSeen()) {
            findings.add(hooks(facts));
        }
        return findings;
    }

    private static Finding daemon(DaemonFacts facts, Path socket) {
        return switch (facts.answer()) {
            case WELL -> Finding.ok(DAEMON, "runs and answers on " + socket);
            case FORBIDDEN ->
                Finding.note(
                        DAEMON,
                        socket + " exists, but this user may not ask it",
                        "sudo secgroupd doctor, or join the group that admin.group in daemon.yaml names");
            case NOT_RUNNING ->
                Finding.problem(
                        DAEMON,
                        "does not run: nobody answers on " + socket,
                        "systemctl start secgroupd; why it stopped: journalctl -u secgroupd");
        };
    }

    private static Finding hooks(DaemonFacts facts) {
        boolean running = facts.answer() != SocketAnswer.NOT_RUNNING;
        if (facts.standing().isEmpty()) {
            return running
                    ? Finding.problem(
                            HOOKS,
                            "are not in place: this host is open to every new connection",
                            "systemctl restart secgroupd")
                    : Finding.note(HOOKS, "are not in place: nothing is judged on this host");
        }
        if (!facts.differences().isEmpty()) {
            return Finding.problem(
                    HOOKS,
                    "differ from what they should be: " + String.join("; ", facts.differences()),
                    running
                            ? "a running daemon restores them within a second; if not: journalctl -u secgroupd"
                            : "secgroupd hooks install");
        }
        return running
                ? Finding.ok(HOOKS, "in place")
                : Finding.problem(
                        HOOKS,
                        "in place without a daemon: every new connection is refused",
                        "systemctl start secgroupd, or open the host: secgroupd hooks remove");
    }
}
