package io.secgroupd.controlplane.console.session;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.session.SealedText.Opened;
import io.secgroupd.controlplane.console.session.SealedText.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A browser that has entered. No server remembers it: the browser brings it along, under a seal.
 *
 * @param key   whose right bounds that of the session
 * @param right what it was made for
 * @param who   the person, as the host knows them
 * @param id    tells it from all others
 * @param begun when it was entered
 * @param used  when it was used last, to within a minute
 */
public record Session(AccessKey key, Right right, String who, String id, Instant begun, Instant used) {

    /** However busy it is, it ends then. */
    public static final Duration LONGEST = Duration.ofHours(12);

    /** By how much the clocks of control servers may differ. */
    static final Duration CLOCKS = Duration.ofMinutes(1);

    private static final Duration RENEWED_AFTER = Duration.ofMinutes(1);

    /** What the browser keeps. */
    public String text() {
        return SealedText.seal(
                key,
                Purpose.SESSION,
                Map.of(
                        "right", right.name(),
                        "who", who,
                        "id", id,
                        "begun", begun.toString(),
                        "used", used.toString()));
    }

    /** The session of a text, when its seal is unbroken; it may have ended. */
    static Optional<Session> open(String text, AccessKeys keys) {
        return SealedText.open(text, Purpose.SESSION, keys).flatMap(Session::of);
    }

    private static Optional<Session> of(Opened opened) {
        Optional<Right> right = SealedFields.right(opened.field("right"));
        Optional<String> who = SealedFields.who(opened.field("who"));
        Optional<String> id = SealedFields.id(opened.field("id"));
        Optional<Instant> begun = SealedFields.time(opened.field("begun"));
        Optional<Instant> used = SealedFields.time(opened.field("used"));
        return right.isEmpty() || who.isEmpty() || id.isEmpty() || begun.isEmpty() || used.isEmpty()
                ? Optional.empty()
                : Optional.of(new Session(opened.key(), right.get(), who.get(), id.get(), begun.get(), used.get()));
    }

    /** Whether its time is over. One from the future was made by nobody whose clock is right. */
    boolean isOver(Instant now, Duration idle) {
        Instant latest = now.plus(CLOCKS);
        return begun.isAfter(latest)
                || used.isAfter(latest)
                || !now.isBefore(begun.plus(LONGEST))
                || !now.isBefore(used.plus(idle));
    }

    /** The same, used now; empty when it was used a moment ago. */
    public Optional<Session> usedAt(Instant now) {
        return now.isBefore(used.plus(RENEWED_AFTER))
                ? Optional.empty()
                : Optional.of(new Session(key, right, who, id, begun, now));
    }

    /** Whether it may change anything: both its code and its key must allow it. */
    public boolean mayWrite() {
        return SealedFields.lesser(key, right) == Right.WRITE;
    }

    /** Who looks. The key is named too, because who has it could write any other name. */
    public ConsoleUser user() {
        return new ConsoleUser(who + " (key " + key.name() + ")", mayWrite());
    }

    /** What a page must say beside the cookie when it changes something: pages of others get the cookie sent, and cannot read this. */
    public String token() {
        return SealedText.mark(key, Purpose.TOKEN, id);
    }

    /** Whether this is the token. */
    public boolean hasToken(String text) {
        return MessageDigest.isEqual(token().getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }
}
