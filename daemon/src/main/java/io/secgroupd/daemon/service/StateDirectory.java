package io.secgroupd.daemon.service;

import java.nio.file.Path;
import java.util.Map;

/** Where the daemon keeps what has to outlast it: the last good policy, the hits of rules, the host's own instance. */
public final class StateDirectory {

    private StateDirectory() {}

    /** What systemd names, else where it would be. */
    public static Path of(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("STATE_DIRECTORY", "/var/lib/secgroupd"));
    }
}
