package io.secgroupd.rules.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of one reading: opens them, remembers which they were, and hashes their contents unless nobody will ask for that. */
final class Sources {

    private static final String NO_HASH = "";

    /**
     * Keyed by the text: a file can choose names with equal hashes, and a hash map can then order texts, but not paths.
     */
    private final Map<String, Path> files = new LinkedHashMap<>();

    private final FilesHash total = new FilesHash();
    private final Shelf shelf;
    private final boolean hashed;

    Sources(Shelf shelf) {
        this(shelf, true);
    }

    private Sources(Shelf shelf, boolean hashed) {
        this.shelf = shelf;
        this.hashed = hashed;
    }

    static Sources unhashed(Shelf shelf) {
        return new Sources(shelf, false);
    }

    /** Processes the bytes of a file. */
    interface Use<T> {
        T of(InputStream in) throws IOException;
    }

    Shelf shelf() {
        return shelf;
    }

    /** Notes a file or directory that the policy depends on, whether it exists or not. */
    void lookedAt(Path path) {
        files.putIfAbsent(path.toString(), path);
    }

    /**
     * Opens a file and hands its bytes on.
     *
     * @param limit in bytes
     * @throws IOException with a message for the operator
     */
    <T> T read(Path file, long limit, Use<T> use) throws IOException {
        lookedAt(file);
        return hashed ? hashing(file, limit, use) : plain(file, limit, use);
    }

    private <T> T plain(Path file, long limit, Use<T> use) throws IOException {
        try (InputStream in = shelf.open(file, limit)) {
            return use.of(in);
        }
    }

    private <T> T hashing(Path file, long limit, Use<T> use) throws IOException {
        MessageDigest own = FilesHash.sha256();
        try (InputStream in = new DigestInputStream(shelf.open(file, limit), own)) {
            return use.of(in);
        } finally {
            total.add(own.digest());
        }
    }

    List<Path> files() {
        return List.copyOf(files.values());
    }

    /** The hash of everything that was read, empty when there is none; may be called once, at the end. */
    String hash() {
        return hashed ? total.text() : NO_HASH;
    }
}
