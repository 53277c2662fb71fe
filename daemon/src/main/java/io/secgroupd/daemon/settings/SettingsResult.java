package io.secgroupd.daemon.settings;

import io.secgroupd.rules.text.Problem;
import java.util.List;
import java.util.Optional;

/**
 * The result of reading a settings file.
 *
 * @param settings empty when any problem is an error
 * @param problems by place
 */
public record SettingsResult(Optional<DaemonSettings> settings, List<Problem> problems) {

    public SettingsResult {
        problems = List.copyOf(problems);
    }
}
