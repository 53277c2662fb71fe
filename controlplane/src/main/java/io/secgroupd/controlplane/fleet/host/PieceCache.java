package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.store.common.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Pieces that were fetched for a revision, so that a fetch that was broken off need not begin anew. */
final class PieceCache {

    private final Path directory;

    PieceCache(Path state) {
        this.directory = state.resolve("pieces");
    }

    /** A piece; empty when it is not here, or was damaged. */
    Optional<byte[]> get(String sha256) throws IOException {
        Path file = directory.resolve(sha256);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file))
                .filter(bytes -> Hashes.sha256(bytes).equals(sha256));
    }

    /** Keeps a piece. Nothing is forced to the disk: what a loss of power damages is seen, and fetched again. */
    void put(String sha256, byte[] piece) throws IOException {
        WholeFiles.makeDirectory(directory);
        Files.write(directory.resolve(sha256), piece);
    }

    void clear() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
