package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import io.secgroupd.controlplane.console.draft.DraftJson;
import io.secgroupd.controlplane.console.draft.DraftResult;
import io.secgroupd.controlplane.console.draft.Drafts;
import io.secgroupd.controlplane.console.view.FilePlaces;
import io.secgroupd.controlplane.edit.EditResult.Edited;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.publish.Published;
import io.secgroupd.controlplane.publish.Publisher;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.text.Printable;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Answers {@code POST apply}: puts a draft in force through the same lane as the AWS interface, on trial if that is asked. */
public final class ApplyView implements ApiHandler {

    private static final long LONGEST_TRIAL = 3600;
    private static final int LONGEST_REASON = 200;
    private static final String STALE =
            "The policy has become another one since this draft was begun; look at the draft again.";

    private final Drafts drafts;
    private final Trials trials;
    private final Publisher publisher;
    private final Clock clock;

    /**
     * Applies drafts to a store.
     *
     * @param daemon is asked before anything is written, and follows it
     */
    public ApplyView(PolicyStore store, LocalDaemon daemon, Drafts drafts, Trials trials, Clock clock) {
        this.drafts = drafts;
        this.trials = trials;
        this.publisher = new Publisher(store, daemon);
        this.clock = clock;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        long confirm = call.body().number("confirm").orElse(0);
        if (confirm < 0 || confirm > LONGEST_TRIAL) {
            throw new BadCallException("A trial lasts from 0 to " + LONGEST_TRIAL + " seconds.");
        }
        Optional<PolicyTrial> running = trials.running();
        if (running.isPresent()) {
            return ApiReply.refused(
                    409,
                    "Revision " + running.get().serial() + " is on trial by "
                            + running.get().by() + "; confirm it or take it back first.");
        }
        DraftResult draft = drafts.evaluate(call.body());
        if (draft.stale()) {
            return ApiReply.refused(409, STALE);
        }
        return draft.edited().isPresent() ? apply(call, draft, draft.edited().get(), confirm) : problems(draft);
    }

    private static ApiReply problems(DraftResult draft) {
        var places = new FilePlaces(draft.revision().files());
        return ApiReply.of(422, json -> {
            json.writeStringField("error", "The draft has problems, and nothing was changed.");
            DraftJson.problems(draft.problems(), places, json);
        });
    }

    private ApiReply apply(ApiCall call, DraftResult draft, Edited edited, long confirm) throws IOException {
        Revision base = draft.revision();
        boolean tried = confirm > 0 && !edited.files().isEmpty();
        var trial = new PolicyTrial(
                base.serial() + 1,
                PolicyTrial.written(base.files().with(edited.files()), edited.read()),
                base.serial(),
                call.user().name(),
                clock.instant().plusSeconds(confirm),
                false);
        if (tried && !trials.begin(trial)) {
            return ApiReply.refused(409, STALE);
        }
        var origin = new Origin(call.user().name(), reason(call), clock.instant());
        var request = new Publisher.Request(draft.changes(), origin, false, call.connection());
        Published published = publisher.publish(base, draft.before().orElseThrow(), request, Optional.empty());
        if (published instanceof Published.InForce done) {
            return ApiReply.of(
                    json -> TrialJson.write(done.revision(), trials.running(done.revision()), clock.instant(), json));
        }
        if (tried) {
            trials.forget();
        }
        return refusal(published);
    }

    private static String reason(ApiCall call) {
        String given = call.body().optionalText("reason").orElse("").strip();
        String shown = Printable.shown(given.substring(
                0, given.offsetByCodePoints(0, Math.min(LONGEST_REASON, given.codePointCount(0, given.length())))));
        return shown.isEmpty() ? "changed in the console" : shown;
    }

    private static ApiReply refusal(Published published) {
        if (published instanceof Published.NotEdited not) {
            return ApiReply.refused(422, "The editor refuses: " + not.why() + ".");
        }
        if (published instanceof Published.NotTaken not) {
            return ApiReply.refused(422, "It is not in force, and the files are as they were: " + not.why() + ".");
        }
        return ApiReply.refused(409, STALE);
    }
}
