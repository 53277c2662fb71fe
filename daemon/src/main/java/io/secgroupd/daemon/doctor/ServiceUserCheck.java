package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the user of the service may read what root, who asks, can always read: a file that is sound for root and hidden from
 * the daemon is a daemon that does not start.
 */
final class ServiceUserCheck {

    private static final int READ = 4;
    private static final int SEARCH = 1;

    private ServiceUserCheck() {}

    /** Each path that this user may not read, and the first file or directory that stands in the way. */
    static List<Finding> findings(ServiceUser user, List<Path> files) {
        var findings = new ArrayList<Finding>();
        for (Path file : files) {
            Path obstacle = obstacle(user, file);
            if (obstacle != null) {
                boolean itself = obstacle.equals(file);
                findings.add(Finding.problem(
                        "service",
                        "the daemon's user " + user.name() + " cannot read " + file
                                + (itself
                                        ? ""
                                        : ": it may not " + (Files.isDirectory(obstacle) ? "enter " : "read ")
                                                + obstacle),
                        (Files.isDirectory(obstacle)
                                        ? "chmod o+x "
                                        : "chgrp " + user.name() + " " + obstacle + " && chmod g+r ")
                                + obstacle));
            }
        }
        return findings;
    }

    private static @Nullable Path obstacle(ServiceUser user, Path file) {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException missing) {
            return null; // who reads the file says so
        }
        Path at = real.getRoot();
        for (Path name : real) {
            if (!user.may(SEARCH, at)) {
                return at;
            }
            at = at.resolve(name);
        }
        return user.may(READ, at) && (!Files.isDirectory(at) || user.may(SEARCH, at)) ? null : at;
    }

    /**
     * The user that the unit names.
     *
     * @param groups its own and those of the unit
     */
    record ServiceUser(String name, int uid, Set<Integer> groups) {

        /** By the mode that stat(2) tells: the service has no capability that passes over it. */
        boolean may(int right, Path path) {
            try {
                int mode = number(path, "mode");
                if (number(path, "uid") == uid) {
                    return ((mode >> 6) & right) != 0;
                }
                return ((groups.contains(number(path, "gid")) ? mode >> 3 : mode) & right) != 0;
            } catch (IOException unseen) {
                return true; // nothing is known against it
            }
        }

        private static int number(Path path, String attribute) throws IOException {
            return (Integer) Files.getAttribute(path, "unix:" + attribute);
        }
    }
}
