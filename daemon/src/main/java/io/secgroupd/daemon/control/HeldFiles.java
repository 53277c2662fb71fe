package io.secgroupd.daemon.control;

import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds the files of one reading, and remembers who owned each when it was read. */
final class HeldFiles implements FileInput.Holder {

    private final SortedMap<Path, PosixFileAttributes> seen = new TreeMap<>();

    @Override
    public FileInput.Held hold(Path file) throws IOException {
        HeldFile held = HeldFile.of(file);
        try {
            seen.put(Files.readSymbolicLink(held.path()), Files.readAttributes(held.path(), PosixFileAttributes.class));
            return held;
        } catch (IOException e) {
            held.close();
            throw e;
        }
    }

    /** Keyed by the path, resolved without links, that each file had when it was read. */
    SortedMap<Path, PosixFileAttributes> seen() {
        return Collections.unmodifiableSortedMap(seen);
    }
}
