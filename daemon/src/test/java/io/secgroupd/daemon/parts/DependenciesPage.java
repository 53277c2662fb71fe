package io.secgroupd.daemon.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page {@code docs/dependencies.md}. */
final class DependenciesPage {

    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| (.*) \\|$", Pattern.MULTILINE);

    private final String text;

    DependenciesPage() throws IOException {
        text = Files.readString(Path.of("../docs/dependencies.md"));
    }

    /**
     * A row of a table.
     *
     * @param name    of the library or tool
     * @param version of it
     * @param rest    the other cells
     */
    record Library(String name, String version, List<String> rest) {

        /** As {@link PomLibraries} names it. */
        String named() {
            return name + " " + version;
        }
    }

    /** The rows under a heading. */
    List<Library> under(String heading) {
        Matcher section = Pattern.compile(
                        "^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        if (!section.find()) {
            throw new IllegalArgumentException("there is no heading " + heading);
        }
        return ROW.matcher(section.group(1))
                .results()
                .map(row -> {
                    List<String> cells = List.of(row.group(2).split(" \\| "));
                    return new Library(row.group(1), cells.get(0), cells.subList(1, cells.size()));
                })
                .toList();
    }
}
