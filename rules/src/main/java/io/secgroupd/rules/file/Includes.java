package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Resolves the names of an {@code include} list to paths. */
final class Includes {

    /**
     * The most files that one glob may match: far more than anyone keeps, and a bound when it names a directory full of
     * something else.
     */
    private static final int MAX_MATCHES = 1000;

    private final Path first;
    private final Sources sources;
    /**
     * A sorted map, because the file chooses the names, and in a hash map paths with equal hashes would be compared one
     * by one.
     */
    private final SortedMap<Path, Value> included = new TreeMap<>();

    Includes(Path first, Sources sources) {
        this.first = first;
        this.sources = sources;
    }

    /**
     * The files that an item names: a path, or a glob in the last part of one, sorted by name. As in a shell, a glob finds
     * no hidden file; it does not find the including file either. A file is read once.
     */
    List<Path> resolve(Value item) {
        Optional<Path> path = item.text().flatMap(text -> path(text, item));
        if (path.isEmpty()) {
            return List.of();
        }
        boolean glob = isGlob(path.get().getFileName().toString());
        List<Path> files = glob ? matches(path.get(), item) : itself(path.get(), item);
        return files.stream().filter(file -> isNew(file, item)).toList();
    }

    private Optional<Path> path(String text, Value item) {
        try {
            Path path = first.resolveSibling(text);
            if (text.isEmpty() || path.getFileName() == null) {
                item.error(Quote.of(text) + " does not name a file; write a path such as rules.d/web.yaml");
                return Optional.empty();
            }
            if (path.getParent() != null && isGlob(path.getParent().toString())) {
                item.error("there is a glob in the directory of " + Quote.of(text)
                        + "; write globs in the file name only");
                return Optional.empty();
            }
            return Optional.of(path);
        } catch (InvalidPathException e) {
            item.error(Quote.of(text) + " is not a path; write one such as rules.d/web.yaml");
            return Optional.empty();
        }
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    private List<Path> itself(Path path, Value item) {
        if (identity(path).equals(identity(first))) {
            item.error("the file includes itself; remove this line");
            return List.of();
        }
        return List.of(path);
    }

    private List<Path> matches(Path glob, Value item) {
        Path directory = Optional.ofNullable(glob.getParent()).orElse(Path.of(""));
        sources.lookedAt(directory);
        var names = new ArrayList<Path>();
        try {
            names.addAll(sources.shelf().find(directory, glob.getFileName().toString(), MAX_MATCHES));
        } catch (IOException | PatternSyntaxException e) {
            item.error(
                    "the directory " + Quote.of(directory.toString()) + " cannot be searched; check path and pattern");
            return List.of();
        }
        if (names.size() > MAX_MATCHES) {
            item.error("more than " + MAX_MATCHES + " files match; write a narrower pattern");
            return List.of();
        }
        List<Path> files = visible(names).map(glob::resolveSibling).toList();
        if (files.isEmpty()) {
            item.warning("no file matches " + Quote.of(glob.toString()));
        }
        return files.stream()
                .filter(file -> !identity(file).equals(identity(first)))
                .toList();
    }

    private static Stream<Path> visible(List<Path> names) {
        return names.stream().filter(name -> !name.toString().startsWith(".")).sorted();
    }

    private boolean isNew(Path file, Value item) {
        Value before = included.putIfAbsent(identity(file), item);
        if (before != null) {
            item.warning(Quote.of(file.toString()) + " is included at " + before.at() + " already; it is read once");
        }
        return before == null;
    }

    /** The file that a path means, whatever its spelling and links. */
    private Path identity(Path file) {
        return sources.shelf().identity(file);
    }
}
