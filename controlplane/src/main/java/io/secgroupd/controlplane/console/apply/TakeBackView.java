package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Answers {@code POST takeback}: what was before a trial comes back at once. */
public final class TakeBackView implements ApiHandler {

    private final Trials trials;
    private final Clock clock;

    /** Takes these trials back. */
    public TakeBackView(Trials trials, Clock clock) {
        this.trials = trials;
        this.clock = clock;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        long serial = ConfirmView.serial(call);
        Optional<Revision> former = trials.takeBack(serial, call.user().name());
        return former.isEmpty()
                ? ConfirmView.over(serial)
                : ApiReply.of(json -> TrialJson.write(former.get(), Optional.empty(), clock.instant(), json));
    }
}
