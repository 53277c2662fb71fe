package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a control server for the hosts of its fleet.
 *
 * @param signWith    a private key by which each revision is signed; without one, none is
 * @param rollout     how a revision reaches the hosts when whoever makes it says nothing else
 * @param connections at a time; each host keeps one, and needs a second one for a moment
 */
public record FleetSettings(Optional<Path> signWith, RolloutSettings rollout, int connections) {

    /** More than one process has ports for. */
    public static final int MOST_CONNECTIONS = 100_000;

    /** What holds when the settings say nothing: enough for a fleet of some hundred hosts. */
    public static final FleetSettings DEFAULT = new FleetSettings(Optional.empty(), RolloutSettings.DEFAULT, 1024);
}
