package io.secgroupd.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
            Path obstacle = obstacle(user, file, READ);
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
            Path obstacle = obstacle(user, directory, WRITE);
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

    /**
     * The first directory above a path that this user may not enter, or the path itself. A missing path is no obstacle: the
     * code that reads a file reports it, the unit creates its own directories, and DiskCheck reports the others.
     */
    private static @Nullable Path obstacle(ServiceUser user, Path path, int right) {
        Path real;
        try {
            real = path.toRealPath();
        } catch (IOException missing) {
            return null;
        }
        Path at = real.getRoot();
        for (Path name : real) {
            if (!user.may(SEARCH, at)) {
                return at;
            }
            at = at.resolve(name);
        }
        boolean entered = right == WRITE || Files.isDirectory(real);
        if (user.may(right, real) && (!entered || user.may(SEARCH, real))) {
            return null;
        }
        return right == WRITE ? path : real;
    }

    /**
     * The user of the service, from the host's own files of users and groups.
     *
     * @param groups the user's own groups and those of the unit
     */
    record ServiceUser(String name, int uid, Set<Integer> groups) {

        /** The name in the shipped unit. */
        private static final String USER = "secgroupd";

        private static final List<String> GROUPS_OF_THE_UNIT = List.of("adm");

        /** Empty on a host without that user, where the program is started by hand. */
        static Optional<ServiceUser> read(Host host) {
            return host.read("etc/passwd")
                    .flatMap(passwd -> passwd.lines()
                            .map(line -> line.split(":", -1))
                            .filter(fields -> fields.length > 3 && fields[0].equals(USER))
                            .findFirst())
                    .map(fields -> new ServiceUser(USER, Integer.parseInt(fields[2]), groups(host, fields[3])));
        }

        private static Set<Integer> groups(Host host, String primary) {
            Set<Integer> groups = new HashSet<>(Set.of(Integer.parseInt(primary)));
            host.read("etc/group")
                    .orElse("")
                    .lines()
                    .map(line -> line.split(":", -1))
                    .forEach(fields -> {
                        boolean member = fields.length > 3
                                && (GROUPS_OF_THE_UNIT.contains(fields[0])
                                        || Arrays.asList(fields[3].split(",", -1))
                                                .contains(USER));
                        if (member) {
                            groups.add(Integer.parseInt(fields[2]));
                        }
                    });
            return groups;
        }

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
