package io.secgroupd.daemon.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Control groups (version 2) that look like units of systemd, for processes in a namespace. They are seen through a mount of the
 * hierarchy that each command makes for itself: the one of the machine stays as it is, and a namespace sees none without.
 */
public final class UnitGroups implements AutoCloseable {

    private static final String MOUNT = "mount -t cgroup2 none /sys/fs/cgroup && ";

    private final NetworkNamespace where;
    private final String suffix = ProcessHandle.current().pid() + ".service";
    private final List<String> made = new ArrayList<>();

    public UnitGroups(NetworkNamespace where) {
        this.where = where;
    }

    /** Reports whether this kernel has such groups, and lets them be made. */
    public boolean arePossible() {
        String probe = "probe-" + suffix;
        String tried =
                MOUNT + "mkdir /sys/fs/cgroup/" + probe + " && rmdir /sys/fs/cgroup/" + probe + " && echo possible";
        return where.run("sh", "-c", "(" + tried + ") 2>&1 || true").endsWith("possible\n");
    }

    /** Words before a command that let it see the hierarchy. */
    public static List<String> seen() {
        return List.of("sh", "-c", MOUNT + "exec \"$@\"", "seen");
    }

    /** Makes a unit, and returns its name. */
    public String make(String label) {
        String unit = label + "-" + suffix;
        where.run("sh", "-c", MOUNT + "mkdir /sys/fs/cgroup/" + unit);
        made.add(unit);
        return unit;
    }

    /** A command that will run in a unit. */
    public static List<String> in(String unit, String... command) {
        List<String> words = new ArrayList<>(
                List.of("sh", "-c", MOUNT + "echo $$ >/sys/fs/cgroup/" + unit + "/cgroup.procs && exec \"$@\"", "in"));
        words.addAll(List.of(command));
        return words;
    }

    /** Removes the units. What still runs in them ends. */
    @Override
    public void close() {
        for (String unit : made) {
            String group = "/sys/fs/cgroup/" + unit;
            where.run(
                    "sh",
                    "-c",
                    MOUNT + "echo 1 >" + group + "/cgroup.kill && until rmdir " + group + " 2>/dev/null; do :; done");
        }
    }
}
