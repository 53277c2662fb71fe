package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The texts of licences that jars bring, unpacked into a folder, in which each part that brings any has one of its own. */
final class LicenceTexts {

    private static final Pattern TEXT =
            Pattern.compile("META-INF/(?:.*/)?((?:LICENSE|NOTICE|COPYING|AL2|LGPL)[^/]*)", Pattern.CASE_INSENSITIVE);

    private final Path into;
    private final Map<String, List<String>> files = new TreeMap<>();

    /** Unpacks into a folder that is there. */
    LicenceTexts(Path into) {
        this.into = into;
    }

    /** Unpacks what a part brings. */
    void unpack(ShippedPart part) throws IOException {
        List<String> own = new ArrayList<>();
        try (var jar = new ZipFile(part.file().toFile())) {
            for (ZipEntry entry : jar.stream().map(ZipEntry.class::cast).toList()) {
                var name = TEXT.matcher(entry.getName());
                if (!entry.isDirectory() && name.matches()) {
                    own.add(unpack(part, jar, entry, name.group(1)));
                }
            }
        }
        Collections.sort(own);
        files.put(part.purl(), own);
    }

    private String unpack(ShippedPart part, ZipFile jar, ZipEntry entry, String name) throws IOException {
        String folder = part.name() + "-" + part.version();
        Files.createDirectories(into.resolve(folder));
        try (InputStream text = jar.getInputStream(entry)) {
            Files.copy(text, into.resolve(folder).resolve(name));
        }
        return folder + "/" + name;
    }

    /** The files of a part; none when it brings no text. */
    List<String> of(ShippedPart part) {
        return files.getOrDefault(part.purl(), List.of());
    }

    /**
     * A file of some part that has a name.
     *
     * @throws IOException when no part brings one
     */
    String any(String name) throws IOException {
        return files.values().stream()
                .flatMap(List::stream)
                .filter(file -> file.endsWith("/" + name))
                .findFirst()
                .orElseThrow(() -> new IOException("no part brings the text " + name));
    }
}
