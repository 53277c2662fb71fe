package io.secgroupd.daemon.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the directory entries to watch so that no way of replacing a file is missed: a write, a rename over it, or a change
 * of any link on the way to it (such as a ConfigMap's {@code ..data}).
 */
final class WatchedEntries {

    /** A longer chain of links counts as a loop, as it does for the kernel (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    private WatchedEntries() {}

    static Set<Path> of(Collection<Path> files) {
        var entries = new TreeSet<Path>();
        for (Path file : files) {
            follow(file.toAbsolutePath().normalize(), entries, MOST_LINKS);
        }
        return entries;
    }

    private static void follow(Path path, Set<Path> entries, int linksLeft) {
        if (path.getParent() == null || linksLeft == 0) {
            return;
        }
        entries.add(path);
        for (Path step = path; step != null && step.getParent() != null; step = step.getParent()) {
            if (Files.isSymbolicLink(step)) {
                entries.add(step);
                follow(behind(step).resolve(step.relativize(path)).normalize(), entries, linksLeft - 1);
                return;
            }
        }
    }

    private static Path behind(Path link) {
        try {
            return link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        } catch (IOException e) {
            return link; // the link is gone since the check: an event will follow
        }
    }
}
