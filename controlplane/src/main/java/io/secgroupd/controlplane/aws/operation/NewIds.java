package io.secgroupd.controlplane.aws.operation;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Predicate;

/** Makes ids for new groups, lists and rules. They look like those of AWS: a prefix and 17 hex digits. */
@FunctionalInterface
public interface NewIds {

    /** As many as an id of AWS has. */
    int HEX_DIGITS = 17;

    /** Seventeen hex digits that nobody can foresee. */
    String digits();

    /** Ids that are drawn at random. */
    static NewIds random() {
        var random = new SecureRandom();
        return () -> {
            byte[] bytes = new byte[(HEX_DIGITS + 1) / 2];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes).substring(0, HEX_DIGITS);
        };
    }

    /**
     * A new id.
     *
     * @param prefix such as {@code sg-}
     * @param taken  tells which ids exist
     */
    default String next(String prefix, Predicate<String> taken) {
        String id = prefix + digits();
        while (taken.test(id)) {
            id = prefix + digits();
        }
        return id;
    }
}
