package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whoever may write a file that the daemon obeys decides who gets into this host. */
final class OwnerCheck {

    private static final Set<String> TRUSTED = Set.of("root", "secgroupd");

    private OwnerCheck() {}

    /** @param path the file and its directories, from the file upwards */
    static List<Finding> findings(String topic, List<FileFacts> path) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < path.size(); i++) {
            FileFacts file = path.get(i);
            boolean others = i == 0 ? file.writableByOthers() : file.replaceableByOthers();
            if (others) {
                findings.add(Finding.problem(
                        topic,
                        file.path() + " can be changed by others (mode " + file.permissions()
                                + "): they decide who gets into this host",
                        "chmod go-w " + file.path()));
            }
            if (!TRUSTED.contains(file.owner())) {
                findings.add(Finding.warning(
                        topic,
                        file.path() + " belongs to " + file.owner() + ", who therefore decides who gets into this host",
                        "chown root " + file.path()));
            }
        }
        return findings;
    }

    /** A file and its directories, links followed, as far as this user can see them. */
    static List<FileFacts> pathOf(Path file) {
        var path = new ArrayList<FileFacts>();
        for (@Nullable Path at = real(file).orElse(null); at != null; at = at.getParent()) {
            FileFacts.read(at).ifPresent(path::add);
        }
        return path;
    }

    private static Optional<Path> real(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
