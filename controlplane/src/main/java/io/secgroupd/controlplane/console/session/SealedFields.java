package io.secgroupd.controlplane.console.session;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The values of sealed fields. Who has a key can seal what they like, so each value is checked when it is read: it is shown to
 * people, and names a record.
 */
final class SealedFields {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern WHO = Pattern.compile("[A-Za-z0-9._@-][A-Za-z0-9._@ -]{0,63}");
    private static final int ID_BYTES = 16;

    private SealedFields() {}

    static String newId(RandomGenerator random) {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Optional<String> id(String text) {
        return Optional.of(text).filter(id -> ID.matcher(id).matches());
    }

    static Optional<String> who(String text) {
        return Optional.of(text).filter(who -> WHO.matcher(who).matches());
    }

    static Optional<Instant> time(String text) {
        return parsed(text, Instant::parse);
    }

    static Optional<Right> right(String text) {
        return parsed(text, Right::valueOf);
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Of two rights the one that allows less. */
    static Right lesser(AccessKey key, Right right) {
        return key.right() == Right.READ ? Right.READ : right;
    }
}
