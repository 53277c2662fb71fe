package io.secgroupd.rules.file;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A policy as a set of files that are given, and not looked for on any disk: the first file, those that it includes, and the
 * lists that they name. Includes, globs too, find only what is given.
 */
public final class PolicyFiles {

    private final Path first;
    private final SortedMap<Path, byte[]> contents = new TreeMap<>();

    /**
     * Makes a set.
     *
     * @param first    the control-plane file that names the others
     * @param contents of all files by path; relative paths are relative to the same directory as {@code first}. The arrays
     *                 must not be changed from now on
     */
    public PolicyFiles(Path first, Map<Path, byte[]> contents) {
        this.first = first;
        contents.forEach((path, bytes) -> this.contents.put(path.normalize(), bytes));
    }

    public Path first() {
        return first;
    }

    /** The contents by normalized path, sorted. */
    public SortedMap<Path, byte[]> contents() {
        return Collections.unmodifiableSortedMap(contents);
    }

    /** The content of a file, when it is one of the set. */
    public Optional<byte[]> content(Path file) {
        return Optional.ofNullable(contents.get(file.normalize()));
    }

    /** Whether both have the same files with the same bytes. */
    public boolean holdsSame(PolicyFiles other) {
        return contents.keySet().equals(other.contents.keySet())
                && contents.entrySet().stream()
                        .allMatch(file -> Arrays.equals(file.getValue(), other.contents.get(file.getKey())));
    }

    /** The same set with other contents in some of its files. */
    public PolicyFiles with(Map<Path, byte[]> changed) {
        var all = new TreeMap<>(contents);
        changed.forEach((path, bytes) -> all.put(path.normalize(), bytes));
        return new PolicyFiles(first, all);
    }
}
