package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.common.Hashes;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is found at all paths that a policy depends on. Two looks that found the same stand for the same policy.
 *
 * @param found by path: the SHA-256 of a file, or of the names in a directory that an include searches, or empty where
 *              nothing can be read
 */
record Looks(SortedMap<Path, String> found) {

    /** A look at paths, with the bytes that were seen. */
    record SeenFiles(Looks looks, SortedMap<Path, byte[]> contents) {

        /** The files that were seen. */
        PolicyFiles files(Path first) {
            return new PolicyFiles(first, contents);
        }
    }

    static SeenFiles at(Collection<Path> paths) {
        var found = new TreeMap<Path, String>();
        var contents = new TreeMap<Path, byte[]>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                found.put(path, names(path));
            } else {
                Optional<byte[]> content = Disk.bytes(path);
                content.ifPresent(bytes -> contents.put(path, bytes));
                found.put(path, content.map(Hashes::sha256).orElse(""));
            }
        }
        return new SeenFiles(new Looks(Collections.unmodifiableSortedMap(found)), contents);
    }

    /** Includes find no hidden files, so those that a change makes for a moment do not count. */
    private static String names(Path directory) {
        var names = new TreeSet<String>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            all.forEach(file -> names.add(file.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException e) {
            return "";
        }
        names.removeIf(name -> name.startsWith("."));
        return Hashes.sha256(String.join("\0", names).getBytes(StandardCharsets.UTF_8));
    }

    /** The paths, in no order of theirs. */
    Collection<Path> paths() {
        return found.keySet();
    }

    /** The same look after some files have got new contents. */
    Looks with(Map<Path, byte[]> changed) {
        var all = new TreeMap<>(found);
        all.replaceAll((path, before) -> {
            byte[] content = changed.get(path.normalize());
            return content == null ? before : Hashes.sha256(content);
        });
        return new Looks(Collections.unmodifiableSortedMap(all));
    }
}
