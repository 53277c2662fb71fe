package io.secgroupd.daemon.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Ways in which a rules file is changed, and gets lost. */
final class RulesFileFaults {

    private static final int STEP = 10;
    private static final int EDITS = 10;
    private static final int SWAPS = 20;
    private static final int STORM = 1000;

    private RulesFileFaults() {}

    static List<FaultRow> rows() {
        Promise promise = Promise.gapOf(500);
        return List.of(
                FaultRow.of(
                        10,
                        "written-in-steps",
                        "the rules file is written ten bytes at a time",
                        promise,
                        RulesFileFaults::writtenInSteps),
                FaultRow.of(11, "replaced", "the rules file is replaced by rename, ten times", promise, scene -> {
                    for (int i = 0; i < EDITS; i++) {
                        scene.editAndAwait();
                    }
                }),
                FaultRow.of(
                                12,
                                "link-swapped",
                                "the link to the directory of the rules file is swapped, twenty times",
                                promise,
                                RulesFileFaults::linkSwapped)
                        .begunBy(RulesFileFaults::startBehindLinks),
                FaultRow.of(
                        13,
                        "files-of-editors",
                        "swap, backup and lock files beside the rules file, and sed -i",
                        promise,
                        RulesFileFaults::filesOfEditors),
                FaultRow.of(14, "deleted", "the rules file is deleted, and comes back", promise, scene -> {
                    Files.delete(scene.host.rulesFile);
                    scene.awaitStale();
                    scene.editAndAwait();
                }),
                FaultRow.of(24, "edit-storm", "a thousand edits in ten seconds", promise, RulesFileFaults::storm));
    }

    private static void writtenInSteps(Scene scene) throws IOException {
        byte[] text = scene.nextPolicy().getBytes(UTF_8);
        Files.write(scene.host.rulesFile, new byte[0]);
        for (int at = 0; at < text.length; at += STEP) {
            Files.write(
                    scene.host.rulesFile,
                    Arrays.copyOfRange(text, at, Math.min(text.length, at + STEP)),
                    StandardOpenOption.APPEND);
            Scene.last(Duration.ofMillis(20));
        }
        scene.awaitEdit();
    }

    /** As a container engine mounts a map of settings: the file is a link into a directory that is a link. */
    private static void startBehindLinks(Scene scene) throws IOException {
        Path directory = scene.host.directory;
        Files.createDirectory(directory.resolve("..v1"));
        Files.move(scene.host.rulesFile, directory.resolve("..v1/rules.yaml"));
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(scene.host.rulesFile, Path.of("..data/rules.yaml"));
        scene.start();
    }

    private static void linkSwapped(Scene scene) throws IOException {
        Path directory = scene.host.directory;
        for (int i = 0; i < SWAPS; i++) {
            String policy = scene.nextPolicy();
            Path version = Files.createDirectory(directory.resolve("..v" + scene.edit()));
            Files.writeString(version.resolve("rules.yaml"), policy);
            Path link = Files.createSymbolicLink(directory.resolve("..next"), version.getFileName());
            Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            scene.awaitEdit();
        }
    }

    private static void filesOfEditors(Scene scene) throws IOException {
        int before = reloads(scene);
        for (String name : List.of(".rules.yaml.swp", "4913", "rules.yaml~", "#rules.yaml#", ".#rules.yaml")) {
            Files.writeString(scene.host.directory.resolve(name), "version: 1\n");
        }
        Scene.last(Duration.ofMillis(1500)); // longer than the files are looked at even without an event
        FaultChecks.require(reloads(scene) == before, "a file of an editor was taken for rules");
        String policy = scene.nextPolicy();
        int opened = SwappingPolicy.opened(scene.edit());
        int closed = SwappingPolicy.closed(scene.edit());
        scene.host.server.run("sed", "-i", "s/ " + closed + "]/ " + opened + "]/", scene.host.rulesFile.toString());
        scene.awaitEdit();
        scene.replaceRules(policy);
    }

    private static int reloads(Scene scene) {
        return scene.host.daemon().log().split("policy\\.", -1).length;
    }

    private static void storm(Scene scene) throws IOException {
        for (int i = 0; i < STORM; i++) {
            scene.writeEdit();
            Scene.last(Duration.ofMillis(10));
        }
        FaultChecks.require(scene.reload() == 200, "the last edit was refused");
        scene.awaitEdit();
    }
}
