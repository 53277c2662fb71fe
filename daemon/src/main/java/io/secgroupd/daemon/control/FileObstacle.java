package io.secgroupd.daemon.control;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Explains why a file cannot be read at all, as opposed to a file with problems. */
public final class FileObstacle {

    /** The default file. Whoever names no file gets this one, and may not know that another can be named. */
    public static final Path DEFAULT_RULES = Path.of("/etc/secgroupd/rules.yaml");

    private FileObstacle() {}

    /** The words that follow the file's name in a sentence; empty when it is a regular file that this process may read. */
    public static Optional<String> of(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file) ? Optional.empty() : Optional.of(words(file));
    }

    /** A sentence that says why a rules file cannot be read and what to do about it; empty when it can be read. */
    public static Optional<String> ofRules(Path rules) {
        String mend = rules.equals(DEFAULT_RULES) ? "; name the rules file with --rules FILE" : "; correct the path";
        return of(rules).map(why -> rules + " " + why + mend);
    }

    /** The same sentence for a file that is known to be unreadable. */
    public static String words(Path file) {
        if (!Files.exists(file)) {
            return Files.isSymbolicLink(file) ? "is a symbolic link that leads to no file" : "does not exist";
        }
        return Files.isRegularFile(file)
                ? "cannot be read by this user: run it as a user who may"
                : "is not a regular file";
    }
}
