package io.secgroupd.rules.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories in memory, where there are any: a simulation forces what it writes to the disk again and again. */
public final class MemoryDirectory {

    private static final Path MEMORY = Path.of("/dev/shm");

    private MemoryDirectory() {}

    /** Makes an empty one. */
    public static Path make() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "simulation")
                : Files.createTempDirectory("simulation");
    }

    /** Removes one with all that is in it. */
    public static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
