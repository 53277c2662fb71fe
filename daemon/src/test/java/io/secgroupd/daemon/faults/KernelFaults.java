package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import java.time.Duration;
import java.util.List;

/** What other programs do to the tables and lists of the kernel. */
final class KernelFaults {

    private static final int TABLES = 100;
    private static final int FLUSHES = 5;

    private KernelFaults() {}

    static List<FaultRow> rows() {
        Promise open = Promise.gapOf(500).openFor(1000).counting(Counts.AWAY);
        return List.of(
                FaultRow.of(
                        28,
                        "hooks-flushed",
                        "iptables -t mangle -F, in both families",
                        open,
                        scene -> damaged(scene, "iptables -t mangle -F; ip6tables -t mangle -F")),
                FaultRow.of(
                        28, "ruleset-flushed", "nft flush ruleset", open, scene -> damaged(scene, "nft flush ruleset")),
                FaultRow.of(
                        28, "accepted-before-us", "a rule that accepts everything is put before ours", open, scene -> {
                            String hooks = scene.hooks();
                            scene.host.server.run("iptables", "-t", "mangle", "-I", "INPUT", "-j", "ACCEPT");
                            awaitRestored(scene);
                            scene.host.server.run("iptables", "-t", "mangle", "-D", "INPUT", "-j", "ACCEPT");
                            FaultChecks.requireHooks(hooks, scene);
                        }),
                FaultRow.of(
                        29,
                        "tables-of-others",
                        "another program adds and deletes a table of its own a hundred times",
                        Promise.gapOf(500).counting(Counts.AWAY),
                        KernelFaults::tablesOfOthers),
                FaultRow.of(
                        30,
                        "legacy-beside",
                        "the host has rules of iptables-legacy too, and the daemon is restarted",
                        Promise.gapOf(3500).counting(Counts.AWAY),
                        KernelFaults::legacyBeside),
                FaultRow.of(
                        40,
                        "conntrack-flushed",
                        "conntrack -F, five times",
                        Promise.gapOf(500).counting(Counts.FREE),
                        KernelFaults::conntrackFlushed));
    }

    private static void damaged(Scene scene, String command) {
        String hooks = scene.hooks();
        scene.host.server.run("sh", "-c", command);
        awaitRestored(scene);
        FaultChecks.requireHooks(hooks, scene);
    }

    private static void awaitRestored(Scene scene) {
        scene.awaitMetric("the hooks are restored", metrics -> metrics.counter("secgroupd_hooks_restored_total") > 0);
    }

    private static void tablesOfOthers(Scene scene) {
        String hooks = scene.hooks();
        for (int i = 0; i < TABLES; i++) {
            scene.host.server.run(
                    "nft",
                    "add table inet other; add chain inet other in { type filter hook input priority 5 ; };"
                            + " delete table inet other");
        }
        FaultChecks.requireHooks(hooks, scene);
    }

    private static void legacyBeside(Scene scene) {
        String hooks = scene.hooks();
        scene.host.server.run("iptables-legacy", "-A", "INPUT", "-p", "tcp", "--dport", "9998", "-j", "DROP");
        scene.stop();
        scene.start();
        FaultChecks.requireHooks(hooks, scene);
        String legacy = scene.host.server.run("iptables-legacy-save");
        FaultChecks.require(
                legacy.contains("--dport 9998 -j DROP") && !legacy.contains("SECGROUPD"),
                "the rules of iptables-legacy are " + legacy);
    }

    private static void conntrackFlushed(Scene scene) {
        for (int i = 0; i < FLUSHES; i++) {
            scene.host.server.run("conntrack", "-F");
            Scene.last(Duration.ofMillis(200));
        }
    }
}
