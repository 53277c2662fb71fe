package io.secgroupd.daemon.parts;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The build calls this before it puts the distribution together, which gets what is written here. */
public final class ListParts {

    private static final String BILL = "secgroupd.cdx.json";

    private ListParts() {}

    /**
     * Writes the bill of materials into the folder {@code sbom} and the licences into {@code licenses}. What an earlier build has
     * left in the folder {@code dist} beside, and is no part any longer, is removed there.
     *
     * @param args the file that has the class path of the program, the local repository, the jar of the program, its version,
     *             the folder of the project, the time of the build, a Java runtime or {@code -}, and the folder to write into
     */
    public static void main(String[] args) throws IOException {
        String version = args[3];
        var program = ShippedPart.own(Path.of(args[2]), version);
        List<ShippedPart> parts = parts(Path.of(args[0]), Path.of(args[1]), version);
        Optional<JavaRuntime> runtime =
                args[6].equals("-") ? Optional.empty() : Optional.of(JavaRuntime.of(Path.of(args[6])));
        Path into = Path.of(args[7]);
        clear(into);
        removeOthers(into.resolveSibling("dist"), parts);
        Path bill = into.resolve("sbom").resolve(BILL);
        Files.createDirectories(into.resolve("sbom"));
        Files.writeString(bill, new BillOfMaterials(program, parts, runtime, args[5]).json());
        new LicenceFolder(Path.of(args[4]), into.resolve("licenses"))
                .write(version, parts.stream().filter(part -> !part.isOurs()).toList(), runtime);
    }

    private static List<ShippedPart> parts(Path classPath, Path repository, String version) throws IOException {
        List<ShippedPart> parts = new ArrayList<>();
        for (String entry : Files.readString(classPath).strip().split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            parts.add(jar.startsWith(repository) ? ShippedPart.of(repository, jar) : ShippedPart.own(jar, version));
        }
        parts.sort(Comparator.comparing(ShippedPart::purl));
        return parts;
    }

    /** The distribution is put together where an earlier one may stand, whose libraries may have had other versions. */
    private static void removeOthers(Path distribution, List<ShippedPart> parts) throws IOException {
        List<String> names = parts.stream().map(ShippedPart::fileName).toList();
        clear(distribution.resolve("licenses"));
        if (Files.exists(distribution)) {
            try (Stream<Path> all = Files.walk(distribution)) {
                for (Path jar :
                        all.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    if (names.stream().noneMatch(jar::endsWith)) {
                        Files.delete(jar);
                    }
                }
            }
        }
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
