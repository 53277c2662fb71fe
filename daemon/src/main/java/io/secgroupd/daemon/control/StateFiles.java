package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Changes the files of the state directory, in steps: the process may end between any two of them, and the disk may be full at
 * each.
 */
public interface StateFiles {

    /** Those of this host. */
    StateFiles ON_DISK = new StateFiles() {};

    /** Makes the directory of a file, and those above it. */
    default void makeDirectoryOf(Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file of the state directory"));
    }

    /** Writes the whole content of a file, which the next power loss may still take. */
    default void write(Path file, String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.UTF_8);
    }

    /** Copies a file, over an earlier copy. A power loss may still take its content. */
    default void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Forces the content to disk before its name: after a power loss a name without content would be worse than neither. */
    default void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Puts a file in the place of another, in one step. */
    default void replace(Path fresh, Path file) throws IOException {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a file or an empty directory, if it is there. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }
}
