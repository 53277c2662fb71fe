package io.secgroupd.controlplane.console.session;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.session.SealedText.Opened;
import io.secgroupd.controlplane.console.session.SealedText.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * With it a browser enters the console once. Who can read the file of keys makes it, so nobody needs to tell the server.
 *
 * @param key   its seal is of this key
 * @param right what the session may do, if the key may
 * @param who   the person, as the host knows them
 * @param until when it ends
 * @param nonce tells it from all others
 */
public record EntryCode(AccessKey key, Right right, String who, Instant until, String nonce) {

    /** Long enough for a person to paste it. */
    public static final Duration VALID = Duration.ofMinutes(2);

    /** The longest name of a person. */
    private static final int MOST_CHARACTERS = 64;

    /** A new one; what no name of a person should have is left out of theirs. */
    public static EntryCode make(AccessKey key, Right right, String who, Instant now, RandomGenerator random) {
        String plain = who.replaceAll("[^A-Za-z0-9._@ -]", "").strip();
        String shown = plain.substring(0, Math.min(plain.length(), MOST_CHARACTERS));
        return new EntryCode(
                key, right, shown.isEmpty() ? "somebody" : shown, now.plus(VALID), SealedFields.newId(random));
    }

    /** What is handed to the browser. */
    public String text() {
        return SealedText.seal(
                key,
                Purpose.ENTRY,
                Map.of("right", right.name(), "who", who, "until", until.toString(), "nonce", nonce));
    }

    /** The code of a text, when its seal is unbroken. */
    static Optional<EntryCode> open(String text, AccessKeys keys) {
        return SealedText.open(text, Purpose.ENTRY, keys).flatMap(EntryCode::of);
    }

    private static Optional<EntryCode> of(Opened opened) {
        Optional<Right> right = SealedFields.right(opened.field("right"));
        Optional<String> who = SealedFields.who(opened.field("who"));
        Optional<Instant> until = SealedFields.time(opened.field("until"));
        Optional<String> nonce = SealedFields.id(opened.field("nonce"));
        return right.isEmpty() || who.isEmpty() || until.isEmpty() || nonce.isEmpty()
                ? Optional.empty()
                : Optional.of(new EntryCode(opened.key(), right.get(), who.get(), until.get(), nonce.get()));
    }

    /** Whether its time is over, or has an end that no program of ours would give it. */
    boolean isOver(Instant now) {
        return !now.isBefore(until) || until.isAfter(now.plus(VALID).plus(Session.CLOCKS));
    }
}
