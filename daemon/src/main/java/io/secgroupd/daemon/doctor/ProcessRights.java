package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.hooks.CommandRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rights of a process, from its {@code /proc/PID/status}.
 *
 * @param capabilities the effective capabilities, as a bit mask
 */
public record ProcessRights(String pid, int uid, long capabilities, boolean noNewPrivileges) {

    private static final int NET_ADMIN = 12;
    private static final int NET_RAW = 13;

    /** Capabilities in the order of the kernel's linux/capability.h, as far as an operator may meet them. */
    private static final List<String> NAMES = List.of(
            "CHOWN",
            "DAC_OVERRIDE",
            "DAC_READ_SEARCH",
            "FOWNER",
            "FSETID",
            "KILL",
            "SETGID",
            "SETUID",
            "SETPCAP",
            "LINUX_IMMUTABLE",
            "NET_BIND_SERVICE",
            "NET_BROADCAST",
            "NET_ADMIN",
            "NET_RAW",
            "IPC_LOCK",
            "IPC_OWNER",
            "SYS_MODULE",
            "SYS_RAWIO",
            "SYS_CHROOT",
            "SYS_PTRACE",
            "SYS_PACCT",
            "SYS_ADMIN");

    /** Empty when the kernel does not show them. */
    public static Optional<ProcessRights> ofThisProcess() {
        return new Host(Path.of("/"), CommandRunner.ofThisHost())
                .read("proc/thread-self/status")
                .flatMap(ProcessRights::parse);
    }

    static Optional<ProcessRights> parse(String status) {
        Optional<String> uid = field(status, "Uid").map(ids -> ids.split("\\s+")[0]);
        Optional<String> capabilities = field(status, "CapEff");
        if (uid.isEmpty() || capabilities.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProcessRights(
                field(status, "Pid").orElse("?"),
                Integer.parseInt(uid.get()),
                Long.parseUnsignedLong(capabilities.get(), 16),
                field(status, "NoNewPrivs").equals(Optional.of("1"))));
    }

    private static Optional<String> field(String status, String name) {
        Matcher line =
                Pattern.compile("^" + name + ":\\s*(.*)$", Pattern.MULTILINE).matcher(status);
        return line.find() ? Optional.of(line.group(1).strip()) : Optional.empty();
    }

    public boolean netAdmin() {
        return has(NET_ADMIN);
    }

    boolean netRaw() {
        return has(NET_RAW);
    }

    private boolean has(int capability) {
        return (capabilities >>> capability & 1) == 1;
    }

    /** The capabilities that the daemon does not need. */
    List<String> unneeded() {
        var names = new ArrayList<String>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if (has(bit) && bit != NET_ADMIN && bit != NET_RAW) {
                names.add(bit < NAMES.size() ? "CAP_" + NAMES.get(bit) : "capability " + bit);
            }
        }
        return names;
    }
}
