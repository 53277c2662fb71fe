package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.AwsCli;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Full disks of a control server and of {@code pull}: no edit is half done, and all goes on when there is room again. */
final class FullDiskFaults {

    private static final String NO_ROOM = "No space left on device";
    private static final String OFFICE = "203.0.113.0/24";
    private static final String OPEN_TO_OFFICE = "aws ec2 authorize-security-group-ingress --group-id sg-web"
            + " --protocol tcp --port 8080 --cidr " + OFFICE + " --endpoint-url http://127.0.0.1:9471";
    private static final Duration AWHILE = Duration.ofSeconds(2);

    private FullDiskFaults() {}

    static List<FaultRow> rows() {
        return List.of(
                FaultRow.of(
                                109,
                                "serve-full",
                                "the disk of the control server is full, and an edit meanwhile",
                                Promise.gapOf(1000),
                                FullDiskFaults::serveFull)
                        .begunBy(scene -> scene.startWith(List.of(), ControlPlane.SOCKET)),
                FaultRow.of(
                                110,
                                "pull-full",
                                "the disk on which pull keeps its state is full, and an edit meanwhile",
                                Promise.gapOf(1000),
                                FullDiskFaults::pullFull)
                        .begunBy(scene -> scene.startWith(List.of(), ControlPlane.SOCKET)));
    }

    private static void serveFull(Scene scene) throws IOException, InterruptedException {
        Path place = scene.host.directory.resolve("control-state");
        var disk = new SmallDisk(scene.host.server, place);
        ControlPlane.withServerOn(disk, place, scene);
        Path rules = disk.seen(place.resolve("policy/rules.yaml"));
        String before = Files.readString(rules);
        disk.fill();
        Script refused = openToOffice(scene);
        FaultChecks.require(
                refused.exitCode() != 0 && refused.err().contains(NO_ROOM),
                "an edit by the API, where there is no room: " + refused);
        Scene.last(AWHILE);
        FaultChecks.require(Files.readString(rules).equals(before), "an edit that was refused is in the rules file");
        disk.free();
        Script done = openToOffice(scene);
        FaultChecks.require(done.exitCode() == 0, "an edit by the API, where there is room again: " + done);
        FaultChecks.require(Files.readString(rules).contains(OFFICE), "an edit was acknowledged, and is not kept");
        Path next = Files.writeString(rules.resolveSibling("rules.next"), scene.nextPolicy());
        Files.move(next, rules, StandardCopyOption.ATOMIC_MOVE);
        scene.awaitEdit();
    }

    private static Script openToOffice(Scene scene) throws IOException, InterruptedException {
        return new AwsCli(scene.host.server, scene.host.directory).run("writer", OPEN_TO_OFFICE);
    }

    private static void pullFull(Scene scene) throws IOException, InterruptedException {
        Path place = scene.host.directory.resolve("pull-state");
        var disk = new SmallDisk(scene.host.server, place);
        ControlPlane control = ControlPlane.withPullOn(disk, scene);
        String before = Files.readString(scene.host.rulesFile);
        disk.fill();
        control.publish();
        control.pull().awaitLog(NO_ROOM);
        Scene.last(AWHILE);
        FaultChecks.require(
                Files.readString(scene.host.rulesFile).equals(before), "a revision was written without a journal");
        disk.free();
        scene.awaitEdit();
    }
}
