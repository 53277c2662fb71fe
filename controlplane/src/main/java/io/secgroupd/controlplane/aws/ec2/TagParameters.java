package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads tags that a client sends, within the limits of AWS. */
final class TagParameters {

    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 255;

    private TagParameters() {}

    /**
     * The tags that a new resource shall have, from {@code TagSpecification}.
     *
     * @param type the only resource type that makes sense here, such as {@code security-group}
     */
    static Map<String, String> ofNew(Parameters request, String type) {
        var tags = new LinkedHashMap<String, String>();
        for (Parameters specification : request.list("TagSpecification")) {
            String given = specification.required("ResourceType");
            if (!given.equals(type)) {
                throw new AwsRefusal(
                        AwsError.invalid("'" + given + "' is not a valid taggable resource type for this operation."));
            }
            add(specification.list("Tag"), tags);
        }
        return checked(tags);
    }

    /** The tags of a request such as CreateTags. A tag without a value has an empty one. */
    static Map<String, String> of(List<Parameters> written) {
        var tags = new LinkedHashMap<String, String>();
        add(written, tags);
        return checked(tags);
    }

    private static void add(List<Parameters> written, Map<String, String> tags) {
        for (Parameters tag : written) {
            String key = tag.required("Key");
            if (tags.put(key, tag.text("Value").orElse("")) != null) {
                throw new AwsRefusal(AwsError.invalid("Tag key '" + key + "' is specified more than once."));
            }
        }
    }

    private static Map<String, String> checked(Map<String, String> tags) {
        tags.forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw new AwsRefusal(
                        AwsError.invalid("Tag keys starting with 'aws:' are reserved for internal use, so '" + key
                                + "' is not allowed."));
            }
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw new AwsRefusal(AwsError.invalid("A tag key has 1 to " + LONGEST_KEY + " characters."));
            }
            if (value.length() > LONGEST_VALUE) {
                throw new AwsRefusal(AwsError.invalid(
                        "The value of tag '" + key + "' has more than " + LONGEST_VALUE + " characters."));
            }
            Texts.requirePrintable("tag", key + value);
        });
        requireFew(tags);
        return tags;
    }

    /** Refuses more tags than a resource may have. */
    static void requireFew(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw new AwsRefusal(AwsError.of(
                    "TagLimitExceeded", "A resource can have at most " + MOST + " tags, and not " + tags.size() + "."));
        }
    }
}
