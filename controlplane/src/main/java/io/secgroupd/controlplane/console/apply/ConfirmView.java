package io.secgroupd.controlplane.console.apply;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiHandler;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.BadCallException;
import java.io.IOException;

/** Answers {@code POST confirm}: a revision that is on trial stays. */
public final class ConfirmView implements ApiHandler {

    private final Trials trials;

    /** Confirms these trials. */
    public ConfirmView(Trials trials) {
        this.trials = trials;
    }

    @Override
    public ApiReply answer(ApiCall call) throws IOException {
        long serial = serial(call);
        if (!trials.confirm(serial)) {
            return over(serial);
        }
        return ApiReply.of(json -> {
            json.writeNumberField("serial", serial);
            json.writeNullField("trial");
        });
    }

    static long serial(ApiCall call) {
        return call.body().number("serial").orElseThrow(() -> new BadCallException("\"serial\" is missing."));
    }

    static ApiReply over(long serial) {
        return ApiReply.refused(409, "Revision " + serial + " is not on trial any more.");
    }
}
