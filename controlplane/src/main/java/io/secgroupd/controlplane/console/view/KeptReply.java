package io.secgroupd.controlplane.console.view;

import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.store.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer that says the same until the policy changes, or a rule of it expires. It is made when it is asked for, once, however many pages ask. Safe for
 * use by several threads.
 */
public final class KeptReply {

    private final Runnable made;
    private @Nullable Of of;
    private @Nullable ApiReply reply;

    /** What an answer was made of. */
    private record Of(long newest, String hash, long shown, int expired) {

        static Of policy(ShownPolicy shown, Instant now) {
            Revision newest = shown.newest();
            return new Of(
                    newest.serial(),
                    newest.hash(),
                    shown.revision().map(Revision::serial).orElse(0L),
                    shown.policy().map(policy -> policy.expiries().past(now)).orElse(0));
        }
    }

    /** @param made is called when one has been made, which takes far more memory than to keep it */
    public KeptReply(Runnable made) {
        this.made = made;
    }

    /** The answer for a policy; {@code fields} are written when that is another one than the last time. */
    public synchronized ApiReply of(ShownPolicy shown, Instant now, ApiReply.Fields fields) {
        Of wanted = Of.policy(shown, now);
        ApiReply known = reply;
        if (known != null && wanted.equals(of)) {
            return known;
        }
        reply = null; // its memory may be of use to make the next one
        ApiReply next = ApiReply.packed(fields);
        of = wanted;
        reply = next;
        made.run();
        return next;
    }
}
