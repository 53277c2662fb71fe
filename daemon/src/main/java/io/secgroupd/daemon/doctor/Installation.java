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
 * @param settings         what it says; the defaults when it has errors
 * @param settingsProblems what is wrong with it
 * @param rules            the control-plane file
 * @param selector         chooses the instances that this host is
 * @param skeleton         the hooks that these settings mean
 * @param state            where the daemon keeps its state
 * @param archive          the class archive that makes starts quick; empty when the program is not an installed one
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
