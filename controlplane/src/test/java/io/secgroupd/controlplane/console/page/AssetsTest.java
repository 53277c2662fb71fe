package io.secgroupd.controlplane.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page stands on its own files alone, and they are few and small. */
class AssetsTest {

    private static final Path FILES = Path.of("src/main/resources/io/secgroupd/controlplane/console");
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"/console/([^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("(?:from|import) '([^']+)'");
    private static final int MOST_BYTES = 150_000;

    private final Assets assets = new Assets();

    private String text(String name) {
        return new String(found(name).plain(), StandardCharsets.UTF_8);
    }

    private Asset found(String name) {
        Optional<Asset> asset = assets.find(name);
        assertThat(asset).as(name).isPresent();
        return asset.orElseThrow();
    }

    private Set<String> namedByThePage() {
        return NAMED.matcher(text(""))
                .results()
                .map(match -> match.group(1))
                .collect(LinkedHashSet::new, Set::add, Set::addAll);
    }

    /** What the page names, and all that is imported from there on. */
    private Set<String> loaded() {
        Set<String> all = new TreeSet<>();
        namedByThePage().forEach(name -> follow(name, all));
        return all;
    }

    private void follow(String name, Set<String> all) {
        if (!all.add(name) || !name.endsWith(".js")) {
            return;
        }
        Matcher imports = IMPORT.matcher(text(name));
        while (imports.find()) {
            String target = imports.group(1);
            Path path = target.startsWith("/console/")
                    ? Path.of(target.substring("/console/".length()))
                    : Path.of(name).resolveSibling(target).normalize();
            follow(path.toString(), all);
        }
    }

    private static Set<String> modules() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .map(file -> FILES.relativize(file).toString())
                    .collect(TreeSet::new, Set::add, Set::addAll);
        }
    }

    @Test
    void everyFileThatTheBrowserLoadsIsThereAndNoOtherIsShipped() throws IOException {
        Set<String> own = loaded();
        own.removeIf(name -> !name.startsWith("app/"));

        assertThat(own).isEqualTo(modules());
    }

    @Test
    void modulesAreNamedByThePageSoThatTheyAreLoadedAtOnce() throws IOException {
        assertThat(namedByThePage()).containsAll(modules());
    }

    @Test
    void allTogetherIsSmall() {
        int bytes =
                loaded().stream().mapToInt(name -> found(name).packed().length).sum();

        assertThat(bytes).isPositive().isLessThan(MOST_BYTES);
    }

    @Test
    void nothingIsWrittenIntoThePageAsMarkup() {
        for (String name : loaded()) {
            if (name.startsWith("app/")) {
                assertThat(text(name))
                        .as(name)
                        .doesNotContain(
                                "innerHTML", "outerHTML", "insertAdjacentHTML", "unsafe", "eval(", "new Function")
                        .doesNotContainPattern("style=[\"$]")
                        .doesNotContainPattern("https?://(?!www\\.w3\\.org)");
            }
        }
    }
}
