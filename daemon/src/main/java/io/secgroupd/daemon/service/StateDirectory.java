package io.secgroupd.daemon.service;

import java.nio.file.Path;
import java.util.Map;

/** Finds the directory for what outlasts the daemon: the last good policy, the hits of rules, the host's own instance. */
public final class StateDirectory {

    private StateDirectory() {}

    /** The directory that systemd names, or else the one that it would name. */
    public static Path of(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("STATE_DIRECTORY", "/var/lib/secgroupd"));
    }
}
