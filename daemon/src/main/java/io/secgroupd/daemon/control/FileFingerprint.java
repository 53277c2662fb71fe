package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
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

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof FileState state
                    && size == state.size
                    && modified.equals(state.modified)
                    && Objects.equals(key, state.key);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(size) * 31 + modified.hashCode();
        }

        @Override
        public String toString() {
            return "FileState[key=" + key + ", size=" + size + ", modified=" + modified + "]";
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileFingerprint print && states.equals(print.states);
    }

    @Override
    public int hashCode() {
        return states.hashCode();
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
