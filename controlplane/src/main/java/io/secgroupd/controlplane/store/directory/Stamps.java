package io.secgroupd.controlplane.store.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells apart states of files without reading them, by inode, size and times of what each path leads to.
 *
 * @param states    of each path
 * @param isSettled whether a later change would show. The kernel keeps times by its tick (10 ms at most), so a change right
 *                  after another one may have the same time and the same size
 */
record Stamps(SortedMap<Path, Map<String, Object>> states, boolean isSettled) {

    private static final String ATTRIBUTES = "unix:dev,ino,size,ctime,lastModifiedTime";

    /** Ten ticks. */
    private static final long TICKS_MILLIS = 100;

    /** What nothing is equal to. */
    static final Stamps NONE = new Stamps(new TreeMap<>(), false);

    static Stamps of(Collection<Path> paths) {
        long now = System.currentTimeMillis();
        var states = new TreeMap<Path, Map<String, Object>>();
        for (Path path : paths) {
            states.put(path, state(path));
        }
        return new Stamps(
                Collections.unmodifiableSortedMap(states), newestChange(states.values()) < now - TICKS_MILLIS);
    }

    private static Map<String, Object> state(Path path) {
        try {
            return Files.readAttributes(path, ATTRIBUTES);
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** In milliseconds since 1970. */
    private static long newestChange(Collection<Map<String, Object>> states) {
        return states.stream()
                .map(state -> state.get("ctime"))
                .filter(time -> time instanceof FileTime)
                .mapToLong(time -> ((FileTime) time).toMillis())
                .max()
                .orElse(0);
    }

    /** Whether the files are as they were, for certain. */
    boolean hold() {
        return isSettled && states.equals(of(states.keySet()).states);
    }
}
