package io.secgroupd.daemon.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each claim of SECURITY.md names tests, and these are there. */
class SecurityClaimsTest {

    private static final Path PROJECT = Path.of("..");
    private static final Pattern SECTION =
            Pattern.compile("^### ([^\n]+)$(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLAIM =
            Pattern.compile("^\\| (can|cannot) \\| .* \\| ([^|]*) \\|$", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| (?!\\||---).*\\|$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private final String page = Files.readString(PROJECT.resolve("SECURITY.md"));
    private final Map<String, String> tests = tests();

    SecurityClaimsTest() throws IOException {}

    @Test
    void everyTestOfAClaimIsThere() {
        assertThat(claims(page)).hasSize((int) ROW.matcher(page).results().count());
        for (MatchResult claim : claims(page)) {
            List<String> names = NAME.matcher(claim.group(2))
                    .results()
                    .map(name -> name.group(1))
                    .toList();
            assertThat(names).as(claim.group()).isNotEmpty().allMatch(this::isThere);
        }
    }

    @Test
    void everyAttackerIsToldWithWhatItCanAndCannot() {
        Map<String, List<String>> told = new TreeMap<>();
        SECTION.matcher(page)
                .results()
                .forEach(section -> told.put(
                        section.group(1),
                        claims(section.group(2)).stream()
                                .map(claim -> claim.group(1))
                                .toList()));
        assertThat(told)
                .containsKeys(
                        "On the wire",
                        "A local user",
                        "A reader of the admin socket",
                        "An operator with a bad file",
                        "A taken-over daemon",
                        "A taken-over control server",
                        "Taken-over etcd",
                        "A taken-over host of a fleet");
        assertThat(told.values()).allSatisfy(words -> assertThat(words).contains("can", "cannot"));
    }

    private static List<MatchResult> claims(String text) {
        return CLAIM.matcher(text).results().toList();
    }

    private boolean isThere(String name) {
        if (name.startsWith("scripts/")) {
            return Files.isExecutable(PROJECT.resolve(name));
        }
        int dot = name.indexOf('.');
        String source = tests.get(dot < 0 ? name : name.substring(0, dot));
        return source != null && (dot < 0 || source.contains(" " + name.substring(dot + 1) + "("));
    }

    private static Map<String, String> tests() throws IOException {
        var sources = new TreeMap<String, String>();
        for (String module : List.of("rules", "controlplane", "daemon")) {
            try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString();
                    sources.merge(name.replace(".java", ""), Files.readString(file), (one, other) -> one + other);
                }
            }
        }
        return sources;
    }
}
