package io.secgroupd.controlplane.store;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a revision.
 *
 * @param hash  of all contents, in hexadecimal
 * @param files the SHA-256 of each file, in hexadecimal
 */
public record HistoryEntry(long serial, String hash, Origin origin, SortedMap<Path, String> files) {

    public HistoryEntry {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
