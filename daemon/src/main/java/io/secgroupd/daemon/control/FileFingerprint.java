package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes states of files without reading them, by inode, size and time of what each link leads to. A missing file is
 * a state too.
 */
record FileFingerprint(Map<Path, FileState> states) {

    /** @param key the inode; null where there is no file */
    record FileState(@Nullable Object key, long size, FileTime modified) {
        static final FileState ABSENT = new FileState(null, -1, FileTime.fromMillis(0));
    }

    static FileFingerprint of(Collection<Path> files) {
        var states = new TreeMap<Path, FileState>();
        for (Path file : files) {
            states.put(file, stateOf(file));
        }
        return new FileFingerprint(Collections.unmodifiableMap(states));
    }

    private static FileState stateOf(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
        } catch (IOException e) {
            return FileState.ABSENT;
        }
    }
}
