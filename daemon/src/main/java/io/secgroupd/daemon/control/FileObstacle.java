package io.secgroupd.daemon.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Why a file cannot be read at all, which is another thing than a file with problems. */
public final class FileObstacle {

    private FileObstacle() {}

    /** What follows the name of the file in a sentence; empty when it is a regular file that this process may read. */
    public static Optional<String> of(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file) ? Optional.empty() : Optional.of(words(file));
    }

    /** The same for a file that is known not to be readable. */
    public static String words(Path file) {
        if (!Files.exists(file)) {
            return Files.isSymbolicLink(file) ? "is a symbolic link that leads to no file" : "does not exist";
        }
        return Files.isRegularFile(file) ? "cannot be read by this user: run it as one who may" : "is no regular file";
    }
}
