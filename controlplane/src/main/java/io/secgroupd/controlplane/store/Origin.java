package io.secgroupd.controlplane.store;

import java.time.Instant;

/**
 * Who made a revision, and why.
 *
 * @param author such as the name of an access key
 * @param reason such as the operation that was called
 */
public record Origin(String author, String reason, Instant time) {

    /** The author of a change that did not come through the store. */
    public static final String BY_HAND = "hand edit";

    /** The origin of a change that did not come through the store, and was noticed at this time. */
    public static Origin byHand(Instant noticed) {
        return new Origin(BY_HAND, "the files were changed, not through the control server", noticed);
    }
}
