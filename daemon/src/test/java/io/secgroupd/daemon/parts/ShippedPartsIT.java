package io.secgroupd.daemon.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.parts.DependenciesPage.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the built distribution says of its parts is true of the files in it. */
class ShippedPartsIT {

    private static final Path DIST = Path.of(System.getProperty("secgroupd.dist", "target/dist"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    private final Map<String, BilledPart> bill = BilledPart.read(DIST.resolve("sbom/secgroupd.cdx.json"));

    ShippedPartsIT() throws IOException {}

    @Test
    void theBillNamesEveryJarAndNothingElse() throws IOException {
        assertThat(bill.keySet()).containsExactlyInAnyOrderElementsOf(jars().keySet());
    }

    @Test
    void everyJarHasItsVersionItsLicenceAndItsHash() throws IOException {
        for (Map.Entry<String, Path> jar : jars().entrySet()) {
            BilledPart part = Objects.requireNonNull(bill.get(jar.getKey()), jar.getKey());
            assertThat(part.version()).as(jar.getKey()).isNotBlank();
            assertThat(part.licences()).as(jar.getKey()).isNotEmpty();
            assertThat(part.sha256()).as(jar.getKey()).isEqualTo(ShippedPart.sha256(jar.getValue()));
        }
    }

    @Test
    void everyPartOfOthersIsInTheListWithTheTextOfItsLicence() throws IOException {
        Path folder = DIST.resolve("licenses");
        List<String> rows = Files.readAllLines(folder.resolve(LicenceFolder.LIST)).stream()
                .filter(line -> line.matches("\\| (?!part |---).*"))
                .toList();
        List<BilledPart> others = bill.values().stream()
                .filter(part -> !part.group().equals("io.secgroupd"))
                .toList();
        assertThat(rows).hasSameSizeAs(others);
        for (BilledPart part : others) {
            String beginning = "| " + part.name() + part.which() + " | " + part.version() + " | "
                    + String.join(" or ", part.licences()) + " | ";
            assertThat(rows).anyMatch(row -> row.startsWith(beginning));
        }
        for (String row : rows) {
            List<String> texts =
                    LINK.matcher(row).results().map(link -> link.group(1)).toList();
            assertThat(texts).as(row).isNotEmpty();
            assertThat(texts)
                    .allSatisfy(text -> assertThat(folder.resolve(text)).isNotEmptyFile());
        }
    }

    @Test
    void thePageAboutDependenciesSaysTheSameLicences() throws IOException {
        Map<String, String> taken = bill.values().stream()
                .collect(Collectors.toMap(
                        BilledPart::name, part -> part.licences().get(0), (one, same) -> one));
        for (Library library : new DependenciesPage().under("Shipped")) {
            if (!library.name().equals("error_prone_annotations")) {
                assertThat(library.rest().get(0)).as(library.name()).isEqualTo(taken.get(library.name()));
            }
        }
    }

    /** The files that are loaded as they are, outside of jars, are in the jars that are named as their source. */
    @Test
    void everyNativeFileIsThatOfAJar() throws IOException {
        List<String> hashes = BilledPart.hashesOfNativeFiles(jars().values());
        try (Stream<Path> files = Files.walk(DIST.resolve("lib/native"))) {
            List<Path> natives = files.filter(Files::isRegularFile).toList();
            assertThat(natives).isNotEmpty();
            for (Path file : natives) {
                assertThat(hashes).as(file.toString()).contains(ShippedPart.sha256(file));
            }
        }
    }

    private static Map<String, Path> jars() throws IOException {
        Map<String, Path> jars = new TreeMap<>();
        try (Stream<Path> files = Files.walk(DIST)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .forEach(file -> jars.put(file.getFileName().toString(), file));
        }
        return jars;
    }
}
