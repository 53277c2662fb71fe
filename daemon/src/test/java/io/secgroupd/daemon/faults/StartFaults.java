package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.faults.Promise.Counts;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Faults of a start on a host that has no hooks yet. To come there, its interface is down while the hooks of the run before are
 * removed: with them gone and the interface up the host would be open.
 */
final class StartFaults {

    private StartFaults() {}

    static List<FaultRow> rows() {
        Promise promise = Promise.gapOf(15_000).counting(Counts.FREE);
        return List.of(
                FaultRow.of(
                        35,
                        "no-nfqueue",
                        "iptables-restore says that the kernel has no NFQUEUE",
                        promise,
                        scene -> startFails(
                                scene, "iptables-restore", "echo 'No chain/target/match by that name.' >&2; exit 1")),
                FaultRow.of(
                        36,
                        "tool-hangs",
                        "iptables-restore never ends",
                        Promise.gapOf(40_000).counting(Counts.FREE),
                        scene -> startFails(scene, "iptables-restore", "exec sleep 600")),
                FaultRow.of(
                        37,
                        "boot",
                        "the hooks are there before the interface, and the daemon comes after it",
                        promise,
                        StartFaults::boot),
                FaultRow.of(
                        47,
                        "half-installed",
                        "the rules of IPv4 can be installed, and those of IPv6 cannot",
                        promise,
                        scene -> startFails(scene, "ip6tables-restore", "exit 1")),
                FaultRow.of(
                        42,
                        "child-lives-on",
                        "kill -9 while a program that the daemon has started lives on",
                        Promise.gapOf(3000).counting(Counts.AWAY),
                        StartFaults::childLivesOn));
    }

    private static void startFails(Scene scene, String tool, String does) throws IOException {
        withoutHooks(scene);
        RunningDaemon failing = scene.host.launch(withTool(scene, tool, does));
        FaultChecks.requireExit(3, failing);
        requireNothingInstalled(scene);
        scene.start();
        NetworkFaults.up(scene, "eth0");
    }

    private static void withoutHooks(Scene scene) {
        scene.stop();
        NetworkFaults.down(scene, "eth0");
        scene.program("hooks", "remove");
        requireNothingInstalled(scene);
    }

    private static void requireNothingInstalled(Scene scene) {
        String hooks = scene.hooks();
        FaultChecks.require(!hooks.contains("SECGROUPD") && !hooks.contains("NFQUEUE"), "there are hooks: " + hooks);
    }

    private static void boot(Scene scene) {
        withoutHooks(scene);
        scene.program("hooks", "install");
        NetworkFaults.up(scene, "eth0");
        Scene.last(Duration.ofMillis(500));
        scene.start();
    }

    /** The program is started by whoever watches the hooks, as soon as somebody changes a table. */
    private static void childLivesOn(Scene scene) throws IOException {
        Path hold = scene.host.directory.resolve("hold");
        Path held = scene.host.directory.resolve("held");
        String waits = "if [ -e " + hold + " ]; then echo $$ >" + held + "; exec sleep 600; fi; exec "
                + "/usr/sbin/iptables-save \"$@\"";
        scene.stop();
        scene.startWith(withTool(scene, "iptables-save", waits));
        Files.createFile(hold);
        scene.host.server.run("iptables", "-t", "mangle", "-N", "OTHER");
        scene.awaitUntil("the program hangs", () -> Files.exists(held) && Files.size(held) > 0);
        scene.host.daemon().kill();
        FaultChecks.require(scene.queue().isEmpty(), "the child holds the queue of the daemon that is dead");
        Files.delete(hold);
        scene.host.server.run("kill", Files.readString(held).strip());
        scene.start();
    }

    /** A wrapper by which this stands in front of the program of the host. */
    private static List<String> withTool(Scene scene, String name, String does) throws IOException {
        Path tools = Files.createDirectories(scene.host.directory.resolve("tools"));
        Path tool = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        return List.of("env", "PATH=" + tools + ":/usr/sbin:/usr/bin:/bin");
    }
}
