package io.secgroupd.controlplane.fleet.host;

import java.io.IOException;
import java.time.Duration;

/** A control server has answered, but not with what was asked for. */
final class FeedFailedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration after;

    /**
     * Makes one.
     *
     * @param after how long the server wants to be left alone at least
     */
    FeedFailedException(String sentence, int status, Duration after) {
        super(sentence);
        this.status = status;
        this.after = after;
    }

    /** There is nothing of the kind: no revision yet, or no such piece. */
    boolean isNothing() {
        return status == 404;
    }

    /** The request itself is refused, and would be the next time too. */
    boolean isFinal() {
        return status == 400 || status == 409 || status == 413 || status == 422;
    }

    Duration after() {
        return after;
    }
}
