package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/reference}, whose tables list what the code has. */
public final class ReferencePage {

    private static final Path FOLDER = Path.of("../docs/reference");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\| (.*) \\|$", Pattern.MULTILINE);

    private final String text;

    private ReferencePage(String text) {
        this.text = text;
    }

    /** Reads a page by its file name without {@code .md}. */
    public static ReferencePage named(String name) {
        try {
            return new ReferencePage(Files.readString(FOLDER.resolve(name + ".md")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words in the first column of all tables, in their order. */
    public List<String> words() {
        return ROW.matcher(text).results().map(row -> row.group(1)).toList();
    }

    /** The same of the tables under one heading. */
    public List<String> words(String heading) {
        Matcher section = Pattern.compile(
                        "^## " + Pattern.quote(heading) + "$(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text);
        if (!section.find()) {
            throw new IllegalArgumentException("there is no heading " + heading);
        }
        return new ReferencePage(section.group(1)).words();
    }

    /** The words of the first column, each with the rest of its row. */
    public List<String> rows() {
        return ROW.matcher(text)
                .results()
                .map(row -> row.group(1) + " | " + row.group(2))
                .toList();
    }
}
