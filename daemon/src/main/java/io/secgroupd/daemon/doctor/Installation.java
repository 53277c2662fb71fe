package io.secgroupd.daemon.doctor;

import io.secgroupd.daemon.control.InstanceSelector;
import io.secgroupd.daemon.hooks.SkeletonSettings;
import io.secgroupd.daemon.settings.DaemonSettings;
import io.secgroupd.rules.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The installation that is examined.
 *
 * @param config           the file of host settings
 * @param settings         the settings in that file; the defaults when it has errors
 * @param settingsProblems the problems of that file
 * @param rules            the control-plane file
 * @param selector         the choice of the instances that this host is
 * @param skeleton         the hooks that these settings call for
 * @param state            the daemon's state directory
 * @param archive          the class archive that speeds up starts; empty when the program is not installed
 */
public record Installation(
        Path config,
        DaemonSettings settings,
        List<Problem> settingsProblems,
        Path rules,
        InstanceSelector selector,
        SkeletonSettings skeleton,
        Path state,
        Optional<Path> archive) {

    public Installation {
        settingsProblems = List.copyOf(settingsProblems);
    }
}
