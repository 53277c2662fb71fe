package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.TagRules;
import io.secgroupd.controlplane.aws.query.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tags that a client sends, within the limits of AWS. */
final class TagParameters {

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
        TagRules.require(tags);
        return tags;
    }
}
