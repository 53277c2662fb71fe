package io.secgroupd.controlplane.console.map;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.draft.DraftJson;
import io.secgroupd.controlplane.console.draft.DraftResult;
import io.secgroupd.controlplane.console.draft.Drafts;
import io.secgroupd.controlplane.console.view.FilePlaces;
import io.secgroupd.rules.model.Policy;
import java.io.IOException;
import java.time.Instant;

/** Answers {@code POST map}: the map of a draft, laid over that of the policy in force. */
public final class DraftMapView implements ApiHandler {

    private final Drafts drafts;

    /** Draws these drafts. */
    public DraftMapView(Drafts drafts) {
        this.drafts = drafts;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        DraftResult result = drafts.evaluate(
                call.body().optionalText("base").orElse(""), call.body().objects("changes"));
        var places = new FilePlaces(result.revision().files());
        if (result.edited().isEmpty() || result.before().isEmpty()) {
            return ApiReply.of(422, json -> {
                json.writeStringField("error", "The draft has problems, so there is no map of it.");
                DraftJson.problems(result.problems(), places, json);
            });
        }
        Instant now = Instant.now();
        Policy after = result.edited().get().policy().written().at(now);
        MapDiff map = MapDiff.between(PolicyMap.of(result.before().get().at(now)), PolicyMap.of(after));
        String hash = result.revision().hash();
        return ApiReply.of(json -> new MapJson(places).write(hash, map, json));
    }
}
