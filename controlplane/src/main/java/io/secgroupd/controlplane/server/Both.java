package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.publish.LocalDaemon;
import java.util.Optional;

/** Two that must both take a change: the one that answers at once is asked before the other. */
record Both(LocalDaemon first, LocalDaemon second) implements LocalDaemon {

    @Override
    public Optional<String> objection(PlannedPolicy candidate) {
        return first.objection(candidate).or(() -> second.objection(candidate));
    }

    @Override
    public Optional<String> follow(String hash) {
        return first.follow(hash).or(() -> second.follow(hash));
    }
}
