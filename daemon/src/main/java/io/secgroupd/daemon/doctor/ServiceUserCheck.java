package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether the service's user may read and write certain files. Root, who runs this check, always may; but if the
 * daemon cannot read them, it does not start.
 */
final class ServiceUserCheck {

    private static final int READ = 4;
    private static final int WRITE = 2;
    private static final int SEARCH = 1;

    /** The Runtime-, State- and LogsDirectory of the unit, the only ones writable with ProtectSystem=strict. */
    private static final List<Path> WRITABLE_IN_THE_UNIT =
            List.of(Path.of("/run/secgroupd"), Path.of("/var/lib/secgroupd"), Path.of("/var/log/secgroupd"));

    private ServiceUserCheck() {}

    /** Reports each path that this user may not read, with the first file or directory that prevents it. */
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

    /** Reports each directory that the mode or the unit keeps unwritable for this user, and the first obstacle. */
    static List<Finding> writing(ServiceUser user, List<Path> directories) {
        var findings = new ArrayList<Finding>();
        for (Path directory : directories) {
            Path obstacle = obstacleToWriting(user, directory);
            if (obstacle != null) {
                boolean itself = obstacle.equals(directory);
                findings.add(Finding.problem(
                        "service",
                        "the daemon's user " + user.name() + " cannot write in " + directory
                                + (itself ? "" : ": it may not enter " + obstacle),
                        itself
                                ? "chown " + user.name() + " " + directory + " && chmod u+rwx " + directory
                                : "chmod o+x " + obstacle));
            }
            if (WRITABLE_IN_THE_UNIT.stream().noneMatch(directory::startsWith)) {
                findings.add(Finding.warning(
                        "service",
                        "the shipped unit lets the daemon write only in its own directories, not in " + directory,
                        "systemctl edit secgroupd, with [Service] and ReadWritePaths=" + directory));
            }
        }
        return findings;
    }

    private static @Nullable Path obstacle(ServiceUser user, Path file) {
        Path real = real(file);
        if (real == null) {
            return null; // the code that reads the file reports it
        }
        Path onTheWay = obstacleOnTheWay(user, real);
        if (onTheWay != null) {
            return onTheWay;
        }
        return user.may(READ, real) && (!Files.isDirectory(real) || user.may(SEARCH, real)) ? null : real;
    }

    private static @Nullable Path obstacleToWriting(ServiceUser user, Path directory) {
        Path real = real(directory);
        if (real == null) {
            return null; // the unit creates its own directories, and DiskCheck reports the others
        }
        Path onTheWay = obstacleOnTheWay(user, real);
        if (onTheWay != null) {
            return onTheWay;
        }
        return user.may(WRITE, real) && user.may(SEARCH, real) ? null : directory;
    }

    /** The first directory above a path that this user may not enter. */
    private static @Nullable Path obstacleOnTheWay(ServiceUser user, Path real) {
        Path at = real.getRoot();
        for (Path name : real) {
            if (!user.may(SEARCH, at)) {
                return at;
            }
            at = at.resolve(name);
        }
        return null;
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException missing) {
            return null;
        }
    }

    /**
     * The user that the unit names.
     *
     * @param groups the user's own groups and those of the unit
     */
    record ServiceUser(String name, int uid, Set<Integer> groups) {

        /** Decides by the mode from stat(2), because the service has no capability that overrides it. */
        boolean may(int right, Path path) {
            try {
                int mode = number(path, "mode");
                if (number(path, "uid") == uid) {
                    return ((mode >> 6) & right) != 0;
                }
                return ((groups.contains(number(path, "gid")) ? mode >> 3 : mode) & right) != 0;
            } catch (IOException unseen) {
                return true; // there is no evidence against it
            }
        }

        private static int number(Path path, String attribute) throws IOException {
            return (Integer) Files.getAttribute(path, "unix:" + attribute);
        }
    }
}
