package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** Faults of the disk on which the flow log is written. */
final class LogFaults {

    private static final String SMALL = "size=64k";

    private LogFaults() {}

    static List<FaultRow> rows() {
        Promise promise = Promise.gapOf(500).counting(Counts.EXACT_WITH_LOSS);
        return List.of(
                FaultRow.of(7, "log-disk-full", "the disk of the flow log is full for a time", promise, scene -> {
                            scene.host.daemon().awaitLog("flowlog.failed");
                            Scene.last(Duration.ofSeconds(1));
                            remount(scene, "remount,size=64m");
                        })
                        .begunBy(scene -> startOnDisk(scene, SMALL)),
                FaultRow.of(
                                7,
                                "log-disk-read-only",
                                "the disk of the flow log is read-only for a time",
                                promise,
                                scene -> {
                                    scene.host.daemon().awaitLog("flowlog.failed");
                                    Scene.last(Duration.ofSeconds(1));
                                    remount(scene, "remount,rw");
                                })
                        .begunBy(scene -> startOnDisk(scene, "size=64m,ro")),
                FaultRow.of(
                                8,
                                "log-hangs",
                                "nobody reads the pipe that is the flow log, for three seconds",
                                promise,
                                LogFaults::pipeIsRead)
                        .begunBy(LogFaults::startOnPipe),
                FaultRow.of(
                        9,
                        "log-moved",
                        "the flow log is moved, deleted, and replaced by a directory",
                        promise,
                        LogFaults::moved),
                FaultRow.of(
                        9,
                        "log-truncated",
                        "the flow log is emptied by another program, with what is in it",
                        Promise.gapOf(1500).counting(Counts.EXACT_WITH_LOSS),
                        LogFaults::truncated));
    }

    /** A disk that only the daemon sees, and a program that keeps it when the daemon ends. */
    private static void startOnDisk(Scene scene, String options) throws IOException {
        Path disk = Files.createDirectory(scene.host.directory.resolve("disk"));
        Path log = disk.resolve("flows.log");
        String mount = "mount -t tmpfs -o " + options + " tmpfs " + disk + " && exec \"$@\"";
        scene.startWith(
                List.of("unshare", "--mount", "sh", "-c", mount, "sh"),
                "flow_log: { path: " + log + ", aggregate: 0s }");
        Process keeper = scene.host.server.start(new ProcessBuilder(
                "nsenter", "-m", "-t", String.valueOf(scene.host.daemon().pid()), "sleep", "600"));
        scene.flowLogIsAt(Path.of("/proc/" + keeper.pid() + "/root" + log));
    }

    private static void remount(Scene scene, String options) {
        String daemon = String.valueOf(scene.host.daemon().pid());
        String disk = scene.host.directory.resolve("disk").toString();
        scene.host.server.run("nsenter", "-m", "-t", daemon, "mount", "-o", options, disk);
    }

    private static void startOnPipe(Scene scene) {
        Path pipe = scene.host.directory.resolve("pipe");
        scene.host.client.run("mkfifo", pipe.toString());
        scene.startWith(List.of(), "flow_log: { path: " + pipe + ", aggregate: 0s }");
    }

    private static void pipeIsRead(Scene scene) {
        Scene.last(Duration.ofSeconds(3));
        Path pipe = scene.host.directory.resolve("pipe");
        scene.host.server.start(new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(scene.host.flowLog().toFile()));
    }

    /** What is moved or deleted stays readable under another name of the same log. */
    private static void moved(Scene scene) throws IOException {
        Path log = scene.host.flowLog();
        awaitFile(scene);
        Files.move(log, other(scene, 901));
        awaitFile(scene);
        Files.createLink(other(scene, 902), log);
        Files.delete(log);
        awaitFile(scene);
        becomesADirectory(scene);
        RunningDaemon daemon = scene.host.daemon().awaitLog("flowlog.failed");
        Files.delete(log);
        daemon.awaitLog("flowlog.resumed");
    }

    /** The daemon stands still meanwhile, so that it does not write another file in between. */
    private static void becomesADirectory(Scene scene) throws IOException {
        scene.host.daemon().hold();
        Files.move(scene.host.flowLog(), other(scene, 903));
        Files.createDirectory(scene.host.flowLog());
        scene.host.daemon().goOn();
    }

    private static Path other(Scene scene, int number) {
        return scene.host.directory.resolve(scene.host.server.name() + "-flows." + number + ".log");
    }

    /** Doors answer before the writer of the log has looked for the first time. */
    private static void awaitFile(Scene scene) {
        scene.awaitUntil("a flow log", () -> Files.isRegularFile(scene.host.flowLog()));
    }

    /** The daemon stands still meanwhile, so that the copy has each line that is lost. */
    private static void truncated(Scene scene) throws IOException {
        awaitFile(scene);
        scene.host.daemon().hold();
        Files.copy(scene.host.flowLog(), other(scene, 904));
        try (var log = Files.newByteChannel(scene.host.flowLog(), StandardOpenOption.WRITE)) {
            log.truncate(0);
        }
        scene.host.daemon().goOn();
        Scene.last(Duration.ofSeconds(1));
    }
}
