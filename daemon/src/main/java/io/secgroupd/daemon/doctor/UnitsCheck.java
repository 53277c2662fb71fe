package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.units.CgroupMount;
import java.nio.file.Path;
import java.util.Optional;

/** Checks whether the flow log can name the units behind connections. */
final class UnitsCheck {

    private static final String TOPIC = "units";

    private UnitsCheck() {}

    /**
     * Reports what the flow log will name.
     *
     * @param wanted whether the settings ask for units
     * @param mountInfo the text of {@code /proc/self/mountinfo}
     */
    static Finding finding(boolean wanted, String mountInfo) {
        if (!wanted) {
            return Finding.note(TOPIC, "flow_log.units is false: the flow log names no units");
        }
        Optional<Path> mount = CgroupMount.in(mountInfo);
        return mount.map(place -> Finding.ok(TOPIC, "the flow log names the units behind connections, by " + place))
                .orElseGet(() -> Finding.note(
                        TOPIC,
                        "cgroup v2 is not mounted: the flow log names no units",
                        "boot with systemd.unified_cgroup_hierarchy=1, or flow_log: { units: false } in daemon.yaml"));
    }
}
