package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A component as the bill of materials has it, read by a reader of another kind than what wrote it. */
record BilledPart(String group, String name, String version, String which, List<String> licences, String sha256) {

    /** The program and its libraries, by the names of their jars. JSON is YAML too. */
    static Map<String, BilledPart> read(Path bill) throws IOException {
        var settings = LoadSettings.builder().build();
        Map<?, ?> all = (Map<?, ?>) new Load(settings).loadFromString(Files.readString(bill));
        Map<?, ?> program = (Map<?, ?>) ((Map<?, ?>) value(all, "metadata")).get("component");
        var parts = new TreeMap<String, BilledPart>();
        Stream.concat(Stream.of(program), ((List<?>) value(all, "components")).stream())
                .map(Map.class::cast)
                .filter(component -> !"platform".equals(component.get("type")))
                .map(BilledPart::of)
                .forEach(part -> parts.put(part.fileName(), part));
        return parts;
    }

    private static BilledPart of(Map<?, ?> component) {
        String purl = text(component, "purl");
        int at = purl.indexOf("classifier=");
        String classifier = at < 0 ? "" : purl.substring(at + "classifier=".length(), purl.indexOf('&'));
        Map<?, ?> hash = (Map<?, ?>) ((List<?>) value(component, "hashes")).get(0);
        return new BilledPart(
                text(component, "group"),
                text(component, "name"),
                text(component, "version"),
                classifier.isEmpty() ? "" : " (" + classifier + ")",
                licences((Map<?, ?>) ((List<?>) value(component, "licenses")).get(0)),
                text(hash, "content"));
    }

    private static List<String> licences(Map<?, ?> choice) {
        return choice.containsKey("expression")
                ? List.of(text(choice, "expression").split(" OR "))
                : List.of(text((Map<?, ?>) value(choice, "license"), "id"));
    }

    private static Object value(Map<?, ?> map, String key) {
        Object value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("there is no " + key + " in " + map);
        }
        return value;
    }

    private static String text(Map<?, ?> map, String key) {
        return value(map, key).toString();
    }

    private String fileName() {
        return name + "-" + version + which.replace(" (", "-").replace(")", "") + ".jar";
    }

    /** The SHA-256 of each file in jars that the system loads by itself. */
    static List<String> hashesOfNativeFiles(Collection<Path> jars) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Path file : jars) {
            try (var jar = new ZipFile(file.toFile())) {
                for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
                    if (entry.getName().endsWith(".so")) {
                        hashes.add(ShippedPart.sha256(jar.getInputStream(entry).readAllBytes()));
                    }
                }
            }
        }
        return hashes;
    }
}
