package io.secgroupd.controlplane.aws.operation;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.rules.text.Printable;
import java.util.Locale;
import java.util.Map;

/** What tags may be, within the limits of AWS. */
public final class TagRules {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 255;

    private TagRules() {}

    /**
     * Refuses tags that nothing can have.
     *
     * @throws AwsRefusal for a reserved, too long or unprintable one, and for too many
     */
    public static void require(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw invalid("Tag keys starting with 'aws:' are reserved for internal use, so '" + key
                        + "' is not allowed.");
            }
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw invalid("A tag key has 1 to " + LONGEST_KEY + " characters.");
            }
            if (value.length() > LONGEST_VALUE) {
                throw invalid("The value of tag '" + key + "' has more than " + LONGEST_VALUE + " characters.");
            }
            requirePrintable(key + value);
        });
        requireFew(tags);
    }

    /** Refuses more tags than a resource may have. */
    public static void requireFew(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw new AwsRefusal(AwsError.of(
                    "TagLimitExceeded", "A resource can have at most " + MOST + " tags, and not " + tags.size() + "."));
        }
    }

    private static void requirePrintable(String text) {
        Printable.firstUnprintable(text).ifPresent(c -> {
            throw invalid(String.format("The tag has the character U+%04X, which is not printable.", c));
        });
    }

    private static AwsRefusal invalid(String message) {
        return new AwsRefusal(AwsError.invalid(message));
    }
}
