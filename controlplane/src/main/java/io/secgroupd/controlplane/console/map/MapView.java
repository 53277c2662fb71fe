package io.secgroupd.controlplane.console.map;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.view.ShownPolicy;
import io.secgroupd.controlplane.store.PolicyStore;
import java.io.IOException;

/** Answers {@code GET map}: the map of the policy in force. */
public final class MapView implements ApiHandler {

    private final PolicyStore store;

    /** Draws the policy of a store. */
    public MapView(PolicyStore store) {
        this.store = store;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        ShownPolicy shown = ShownPolicy.of(store);
        if (shown.policy().isEmpty()) {
            return ShownPolicy.nothing();
        }
        PolicyMap map = PolicyMap.of(shown.policy().get());
        var json = new MapJson(shown.places());
        return ApiReply.of(fields -> json.write(shown.newest().hash(), MapDiff.between(map, map), fields));
    }
}
