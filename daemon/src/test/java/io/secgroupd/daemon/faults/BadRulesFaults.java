package io.secgroupd.daemon.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Things in the place of a sound rules file. The policy before stays in force, and the next sound file is taken. */
final class BadRulesFaults {

    private static final int HUGE = 100 << 20;
    private static final int NESTING = 10_000;

    private BadRulesFaults() {}

    static List<FaultRow> rows() {
        return List.of(
                bad(15, "empty", "an empty file, one of comments alone, and null", scene -> {
                    refused(scene, "");
                    refused(scene, "# nothing\n");
                    refused(scene, "null\n");
                }),
                bad(16, "not-readable", "a directory, a FIFO, a loop of links and /dev/zero", BadRulesFaults::noFile),
                bad(17, "huge", "a file of 100 MB", scene -> {
                    Path big = scene.host.directory.resolve("big");
                    try (var file = new RandomAccessFile(big.toFile(), "rw")) {
                        file.setLength(HUGE);
                    }
                    replace(scene, big);
                }),
                bad(18, "not-text", "bytes that are no UTF-8, NUL, and a tab as indentation", scene -> {
                    refused(scene, new byte[] {'v', (byte) 0xff, (byte) 0xfe, '\n'});
                    refused(scene, "version: 1\0\n");
                    refused(scene, "version: 1\nsecurity_groups:\n\tsg-web: {}\n");
                }),
                bad(19, "yaml-bombs", "aliases of aliases, 10,000 brackets, and a tag that names a class", scene -> {
                    refused(scene, aliases());
                    refused(scene, "a: " + "[".repeat(NESTING) + "]".repeat(NESTING) + "\n");
                    refused(scene, "version: !!java.net.URL [\"http://192.0.2.1/\"]\n");
                }),
                bad(
                        20,
                        "wrong-keys",
                        "duplicate and unknown keys, and numbers that YAML 1.1 reads otherwise",
                        scene -> {
                            refused(scene, SwappingPolicy.of(0) + "version: 1\n");
                            refused(scene, SwappingPolicy.of(0) + "unknown: 1\n");
                            refused(scene, SwappingPolicy.of(0).replace("80,", "0120,"));
                            refused(scene, SwappingPolicy.of(0).replace("80,", "1e3,"));
                            refused(scene, SwappingPolicy.of(0).replace("version: 1", "version: yes"));
                        }),
                bad(
                        21,
                        "wrong-values",
                        "a prefix of 33 bits, port 65536, a reversed range, an unknown group",
                        scene -> {
                            refused(scene, SwappingPolicy.of(0).replace("source: any", "source: 10.0.0.0/33"));
                            refused(scene, SwappingPolicy.of(0).replace("80,", "65536,"));
                            refused(scene, SwappingPolicy.of(0).replace("80,", "\"90-80\","));
                            refused(
                                    scene,
                                    SwappingPolicy.of(0)
                                            .replace("security_groups: [sg-web]", "security_groups: [sg-wev]"));
                        }),
                bad(22, "foreign-writer", "a rules file that everybody may write (rules_rights: refuse)", scene -> {
                            Path open = Files.writeString(scene.host.directory.resolve("open"), SwappingPolicy.of(0));
                            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
                            replace(scene, open);
                        })
                        .begunBy(scene -> scene.startWith(List.of(), "rules_rights: refuse")));
    }

    private static FaultRow bad(int number, String name, String what, Fault fault) {
        return FaultRow.of(number, name, what, Promise.gapOf(1000), fault);
    }

    private static void refused(Scene scene, String text) throws IOException {
        refused(scene, text.getBytes(UTF_8));
    }

    /** A sound file comes between two others: each is seen to be refused by itself. */
    private static void refused(Scene scene, byte[] content) throws IOException {
        replace(scene, Files.write(scene.host.directory.resolve("bad"), content));
    }

    private static void replace(Scene scene, Path by) throws IOException {
        scene.putInPlace(by);
        scene.awaitStale();
        scene.editAndAwait();
    }

    private static void noFile(Scene scene) throws IOException {
        Path bad = scene.host.directory.resolve("bad");
        Files.delete(scene.host.rulesFile);
        Files.createDirectory(scene.host.rulesFile);
        scene.awaitStale();
        Files.delete(scene.host.rulesFile);
        scene.editAndAwait();
        scene.host.server.run("mkfifo", bad.toString());
        replace(scene, bad);
        replace(scene, Files.createSymbolicLink(bad, scene.host.rulesFile.getFileName()));
        replace(scene, Files.createSymbolicLink(bad, Path.of("/dev/zero")));
    }

    /** Nine lists, each of which is ten times the one before. */
    private static String aliases() {
        return "a0: &a0 [x]\n"
                + IntStream.rangeClosed(1, 9)
                        .mapToObj(i -> "a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n")
                        .collect(Collectors.joining());
    }
}
