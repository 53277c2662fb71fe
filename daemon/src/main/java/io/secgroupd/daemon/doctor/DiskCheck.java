package io.secgroupd.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks whether the daemon has room to write, and whether nobody else can write there. */
final class DiskCheck {

    private static final String TOPIC = "disk";

    private DiskCheck() {}

    /** @param writer the user that the daemon runs as, if it runs */
    static List<Finding> findings(DiskFacts disk, Optional<String> writer) {
        var findings = new ArrayList<Finding>();
        String name = disk.what() + " " + disk.directory();
        if (disk.missing()) {
            findings.add(Finding.note(
                    TOPIC,
                    name + " does not exist; the service makes it when it starts",
                    "without systemd: install -d -m 0750 -o secgroupd " + disk.directory()));
        }
        disk.facts().ifPresent(directory -> owner(name, directory, writer, findings));
        space(disk, name).ifPresent(findings::add);
        if (findings.isEmpty()) {
            String room = disk.usable().isPresent() ? size(disk.usable().getAsLong()) + " free" : "space not known";
            findings.add(Finding.ok(
                    TOPIC, name + ": " + room + (disk.facts().isPresent() ? "" : ", owner hidden from this user")));
        }
        return findings;
    }

    private static void owner(String name, FileFacts directory, Optional<String> writer, List<Finding> findings) {
        if (directory.replaceableByOthers()) {
            findings.add(Finding.warning(
                    TOPIC,
                    name + " can be written by others (mode " + directory.permissions() + "): they can forge or remove"
                            + " what is there",
                    "chmod go-w " + directory.path()));
        }
        writer.filter(user -> !user.equals("root") && !user.equals(directory.owner()))
                .filter(user -> !directory.writableByOthers())
                .ifPresent(user -> findings.add(Finding.problem(
                        TOPIC,
                        name + " belongs to " + directory.owner() + ", and the daemon runs as " + user
                                + ": it cannot write there",
                        "chown " + user + " " + directory.path())));
    }

    private static Optional<Finding> space(DiskFacts disk, String name) {
        if (disk.usable().isEmpty() || disk.usable().getAsLong() >= disk.wanted()) {
            return Optional.empty();
        }
        return Optional.of(Finding.warning(
                TOPIC,
                name + ": " + size(disk.usable().getAsLong()) + " free, and it may grow to "
                        + size(disk.wanted()) + "; on a full disk packets are still judged, and log lines are lost"
                        + " and counted",
                "free space, or lower flow_log: { rotate, keep } in daemon.yaml"));
    }

    private static String size(long bytes) {
        return bytes >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
                : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
