package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.StepMembers;
import io.secgroupd.controlplane.fleet.server.FleetView.KnownRollout;
import java.io.IOException;
import java.util.Optional;

/** Has the revisions at hand that hosts are to have now, and names to each host its own. */
final class Serving {

    private final FleetView view;
    private final ServedRevisions served;
    private long servedVersion;

    Serving(FleetView view, ServedRevisions served) {
        this.view = view;
        this.served = served;
    }

    /** What a host is to have; empty while that is not at hand. */
    Optional<Pointer> pointer(String host) {
        return view.rollout().flatMap(known -> served.pointer(StepMembers.serialFor(known.rollout(), host)));
    }

    /**
     * Looks whether hosts are to have something else by now.
     *
     * @param wake is called when they may be
     * @throws IOException with a sentence, when a revision cannot be read; the next look tries again
     */
    void look(Runnable wake) throws IOException {
        Optional<KnownRollout> known = view.rollout();
        if (known.isPresent() && view.hasHosts() && known.get().version() != servedVersion) {
            try {
                served.serve(known.get().rollout());
                servedVersion = known.get().version();
            } finally {
                wake.run();
            }
        }
    }
}
