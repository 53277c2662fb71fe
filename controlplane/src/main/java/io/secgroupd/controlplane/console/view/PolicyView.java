package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.pipeline.PolicyPipeline;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Answers {@code GET policy}: the whole policy as people see it, with the problems of the files. */
public final class PolicyView implements ApiHandler {

    private final PolicyStore store;
    private final KeptReply kept;

    /**
     * Shows the policy of a store.
     *
     * @param made is called when an answer has been made for another policy than before
     */
    public PolicyView(PolicyStore store, Runnable made) {
        this.store = store;
        this.kept = new KeptReply(made);
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        ShownPolicy shown = ShownPolicy.of(store);
        Instant now = Instant.now();
        return kept.of(shown, now, json -> write(shown, now, json));
    }

    private static void write(ShownPolicy shown, Instant now, JsonGenerator json) throws IOException {
        Revision newest = shown.newest();
        json.writeNumberField("serial", newest.serial());
        json.writeStringField("hash", newest.hash());
        json.writeStringField("author", newest.origin().author());
        json.writeStringField("reason", newest.origin().reason());
        json.writeStringField("time", newest.origin().time().toString());
        List<Problem> problems = shown.isUnbegun() ? List.of() : problems(newest, now); // to begin is no mistake
        ProblemJson.write(problems, new FilePlaces(newest.files()), json);
        Policy policy = shown.policy().orElse(Policy.EMPTY);
        FilePlaces places = shown.places();
        new GroupsJson(policy, places).write(json);
        ListsJson.write(policy.prefixLists().values(), places, json);
        MembersJson.write(policy, places, json);
    }

    /** With what lint and the policy's own tests find. */
    private static List<Problem> problems(Revision revision, Instant now) {
        return PolicyPipeline.check(revision.files().first(), revision.read(), now)
                .problems();
    }
}
