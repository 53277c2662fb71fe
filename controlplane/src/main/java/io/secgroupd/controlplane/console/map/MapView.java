package io.secgroupd.controlplane.console.map;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.view.KeptReply;
import io.secgroupd.controlplane.console.view.ShownPolicy;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Answers {@code GET map}: the map of the policy in force. */
public final class MapView implements ApiHandler {

    private final PolicyStore store;
    private final KeptReply kept;

    /**
     * Draws the policy of a store.
     *
     * @param made is called when another policy than before has been drawn
     */
    public MapView(PolicyStore store, Runnable made) {
        this.store = store;
        this.kept = new KeptReply(made);
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        ShownPolicy shown = ShownPolicy.of(store);
        Optional<Policy> policy = shown.policy();
        if (policy.isEmpty()) {
            return ShownPolicy.nothing();
        }
        Instant now = Instant.now();
        return kept.of(shown, now, fields -> {
            PolicyMap map = PolicyMap.of(policy.get().at(now));
            new MapJson(shown.places()).write(shown.newest().hash(), MapDiff.between(map, map), fields);
        });
    }
}
