package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Contents of files, kept under their SHA-256: a file that does not change is kept once for all revisions. */
final class Contents {

    private final Path directory;

    Contents(Path directory) {
        this.directory = directory;
    }

    /** Keeps contents that are not kept yet. */
    void keep(Collection<byte[]> contents) throws IOException {
        Files.createDirectories(directory);
        boolean more = false;
        for (byte[] content : contents) {
            Path file = directory.resolve(Hashes.sha256(content));
            if (!Files.exists(file)) {
                Disk.replace(file, content);
                more = true;
            }
        }
        if (more) {
            Disk.forceNames(directory.resolve("any"));
        }
    }

    /** A content that is kept; empty when it is not, or was damaged. */
    Optional<byte[]> find(String sha256) {
        return Disk.bytes(directory.resolve(sha256))
                .filter(content -> Hashes.sha256(content).equals(sha256));
    }

    /** Removes all but these. */
    void removeAllBut(Set<String> needed) throws IOException {
        List<Path> kept;
        try (Stream<Path> all = Files.list(directory)) {
            kept = all.toList();
        }
        for (Path file : kept) {
            if (!needed.contains(file.getFileName().toString())) {
                Files.deleteIfExists(file);
            }
        }
    }
}
