package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A jar that is shipped.
 *
 * @param classifier for a jar that is one of several of a name and version; otherwise empty
 * @param file       where the build has it
 * @param licences   under any one of which it may be used, the one that is taken first
 * @param url        where it comes from, where it says so
 */
record ShippedPart(
        String group,
        String name,
        String version,
        String classifier,
        Path file,
        List<Licence> licences,
        Optional<String> url) {

    private static final String OURS = "io.secgroupd";

    ShippedPart {
        licences = List.copyOf(licences);
    }

    /** A part of this program itself. */
    static ShippedPart own(Path jar, String version) {
        String name = fileName(jar).replace("-" + version + ".jar", "");
        return new ShippedPart(OURS, name, version, "", jar, List.of(Licence.APACHE_2), Optional.empty());
    }

    /** A jar in the local repository of Maven. */
    static ShippedPart of(Path repository, Path jar) throws IOException {
        Path versions = jar.getName(jar.getNameCount() - 2);
        Path name = jar.getName(jar.getNameCount() - 3);
        Path place = repository.relativize(jar);
        String group = place.subpath(0, place.getNameCount() - 3).toString().replace('/', '.');
        String plain = name + "-" + versions;
        String rest = fileName(jar).substring(plain.length()).replace(".jar", "");
        PartPom pom = PartPom.read(repository, jar.resolveSibling(plain + ".pom"));
        return new ShippedPart(
                group,
                name.toString(),
                versions.toString(),
                rest.isEmpty() ? "" : rest.substring(1),
                jar,
                pom.licences(),
                pom.url());
    }

    boolean isOurs() {
        return group.equals(OURS);
    }

    /** The name of the file, as it is shipped. */
    String fileName() {
        return fileName(file);
    }

    private static String fileName(Path file) {
        return file.getName(file.getNameCount() - 1).toString();
    }

    /** The package URL, by which other tools know the part. */
    String purl() {
        String which = classifier.isEmpty() ? "" : "classifier=" + classifier + "&";
        return "pkg:maven/" + group + "/" + name + "@" + version + "?" + which + "type=jar";
    }

    /** The SHA-256 of the file, in hexadecimal. */
    String sha256() throws IOException {
        return sha256(file);
    }

    static String sha256(Path file) throws IOException {
        return sha256(Files.readAllBytes(file));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
