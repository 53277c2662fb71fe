package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Faults of the process: its end, its hang, and others beside it. */
final class ProcessFaults {

    private static final int RESTARTS = 5;
    private static final int WAITING = 20;
    private static final int HANG_UPS = 100;
    private static final int BIG = 1_000_000;

    /** Any number: the moments of the stops are the same in each run. */
    private static final long SEED = 41;

    private ProcessFaults() {}

    static List<FaultRow> rows() {
        Promise restart = Promise.gapOf(2500).counting(Counts.AWAY);
        return List.of(
                FaultRow.of(1, "killed", "kill -9, and the next start", restart, ProcessFaults::killed),
                FaultRow.of(
                        2,
                        "killed-before-verdict",
                        "kill -9 while packets wait for a verdict that does not come",
                        restart,
                        ProcessFaults::killedBeforeVerdict),
                FaultRow.of(
                        3,
                        "paused",
                        "the process stands still for a second (SIGSTOP)",
                        Promise.gapOf(1500),
                        ProcessFaults::paused),
                FaultRow.of(
                                4,
                                "heap-full",
                                "a list of a million addresses in a heap of 96 MB",
                                Promise.gapOf(1500),
                                ProcessFaults::listTooBig)
                        .begunBy(scene -> scene.startWith(List.of("env", "SECGROUPD_HEAP=96m"))),
                FaultRow.of(
                        33,
                        "second-daemon",
                        "another daemon is started beside the first",
                        Promise.gapOf(1000),
                        ProcessFaults::secondDaemon),
                FaultRow.of(
                        34,
                        "no-capability",
                        "a daemon without CAP_NET_ADMIN is started beside the first",
                        Promise.gapOf(1000),
                        ProcessFaults::withoutTheCapability),
                FaultRow.of(38, "restarts", "five restarts, as an upgrade does them", restart, ProcessFaults::restarts),
                FaultRow.of(
                        41,
                        "stopped-in-the-start",
                        "five starts that two SIGTERM end at any moment, and one that is let",
                        Promise.gapOf(10_000).counting(Counts.AWAY),
                        ProcessFaults::stoppedInTheStart),
                FaultRow.of(
                        41, "hang-ups", "a hundred SIGHUP in a second", Promise.gapOf(500), ProcessFaults::hangUps));
    }

    private static void killed(Scene scene) {
        String hooks = scene.hooks();
        scene.host.daemon().kill();
        requireNobodyOwnsTheQueue(scene);
        scene.start();
        FaultChecks.requireHooks(hooks, scene);
    }

    private static void killedBeforeVerdict(Scene scene) {
        scene.host.daemon().hold();
        scene.awaitWaiting(WAITING);
        scene.host.daemon().kill();
        requireNobodyOwnsTheQueue(scene);
        scene.start();
    }

    private static void paused(Scene scene) {
        scene.host.daemon().hold();
        Scene.last(Duration.ofSeconds(1));
        scene.host.daemon().goOn();
    }

    private static void listTooBig(Scene scene) throws IOException {
        Files.writeString(
                scene.host.directory.resolve("list.txt"),
                IntStream.range(0, BIG)
                        .mapToObj(i -> (20 + (i >> 16)) + "." + (i >> 8 & 255) + "." + (i & 255) + ".1")
                        .collect(Collectors.joining("\n")));
        scene.replaceRules(SwappingPolicy.of(0) + "prefix_lists: { pl-big: { file: list.txt } }\n");
        scene.awaitStale();
        scene.editAndAwait();
    }

    private static void secondDaemon(Scene scene) {
        String hooks = scene.hooks();
        FaultChecks.requireExit(3, beside(scene, List.of()));
        FaultChecks.requireHooks(hooks, scene);
    }

    private static void withoutTheCapability(Scene scene) {
        String hooks = scene.hooks();
        var wrapper = List.of("setpriv", "--bounding-set=-net_admin", "--inh-caps=-all");
        FaultChecks.requireExit(3, beside(scene, wrapper, "queue: { first: 4800 }"));
        FaultChecks.requireHooks(hooks, scene);
    }

    private static RunningDaemon beside(Scene scene, List<String> wrapper, String... settings) {
        Path directory = scene.host.directory.resolve("beside");
        return RunningDaemon.launch(scene.host.server, wrapper, scene.host.rulesFile, directory, settings);
    }

    private static void restarts(Scene scene) {
        String hooks = scene.hooks();
        for (int i = 0; i < RESTARTS; i++) {
            scene.stop();
            scene.start();
            scene.traffic().awaitWell(scene.edit());
        }
        FaultChecks.requireHooks(hooks, scene);
    }

    private static void stoppedInTheStart(Scene scene) {
        var moments = new Random(SEED);
        scene.stop();
        for (int i = 0; i < RESTARTS; i++) {
            RunningDaemon begun = scene.launch();
            Scene.last(Duration.ofMillis(moments.nextInt(900)));
            String kill = "kill -TERM " + begun.pid() + " 2>/dev/null; ";
            scene.host.server.run("sh", "-c", kill + kill + "true");
            begun.awaitExit();
        }
        scene.start();
    }

    private static void hangUps(Scene scene) {
        for (int i = 0; i < HANG_UPS; i++) {
            scene.host.daemon().signal("HUP");
        }
        scene.host.daemon().awaitLog("policy.reload: SIGHUP");
    }

    /** The socket of the queue must not live on in a child of the daemon. */
    private static void requireNobodyOwnsTheQueue(Scene scene) {
        FaultChecks.require(scene.queue().isEmpty(), "somebody holds the queue of the daemon that is dead");
    }
}
