package io.secgroupd.daemon.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A revision of several files, each of which is another in the next one. An odd serial opens the ports 80 and 82, an even one 81
 * and 83: any other set is of a policy that nobody has written.
 */
record FleetRevision(SortedMap<String, String> texts, int serial) {

    static FleetRevision of(int serial) {
        boolean odd = serial % 2 == 1;
        String own = odd ? "one" : "two";
        var texts = new TreeMap<String, String>();
        texts.put("rules.yaml", """
                version: 1
                # revision %d
                include: [common.yaml, "rules.d/*.yaml"]
                instances:
                  web: { addresses: [10.0.1.10], security_groups: [sg-common, sg-%s] }
                """.formatted(serial, own));
        texts.put("common.yaml", group("common", odd ? 80 : 81, serial));
        texts.put("rules.d/" + own + ".yaml", group(own, odd ? 82 : 83, serial));
        return new FleetRevision(texts, serial);
    }

    private static String group(String name, int port, int serial) {
        return """
                # revision %d
                security_groups:
                  sg-%s: { inbound: [{ protocol: tcp, ports: %d, source: any }] }
                """.formatted(serial, name, port);
    }

    boolean opens(int port) {
        return port % 2 != serial % 2;
    }

    Map<String, byte[]> files() {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, file -> file.getValue().getBytes(UTF_8)));
    }

    String hash() {
        var files = new TreeMap<Path, byte[]>();
        files().forEach((name, content) -> files.put(Path.of(name), content));
        return PolicyReader.read(new PolicyFiles(Path.of("rules.yaml"), files)).hash();
    }

    /** The texts of all files that can be of a revision. What was there before the first one is left out. */
    static SortedMap<String, String> below(Path directory) throws IOException {
        Path top = directory.normalize();
        var texts = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(top)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(top.relativize(file).toString(), Files.readString(file));
            }
        }
        texts.remove("instances.yaml");
        texts.remove("rules.yaml.before-fleet");
        return texts;
    }
}
