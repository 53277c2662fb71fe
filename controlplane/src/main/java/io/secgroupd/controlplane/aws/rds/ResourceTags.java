package io.secgroupd.controlplane.aws.rds;

import io.secgroupd.controlplane.aws.AwsError;
import io.secgroupd.controlplane.aws.AwsRefusal;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.TagRules;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.IntendedChange.SetTags;
import io.secgroupd.rules.model.Cluster;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tags of clusters, by ARN. The instances of a cluster have none of their own. */
final class ResourceTags {

    private ResourceTags() {}

    static void addTo(Catalog catalog) {
        catalog.reads("ListTagsForResource", ResourceTags::list)
                .writesSilently("AddTagsToResource", ResourceTags::add)
                .writesSilently("RemoveTagsFromResource", ResourceTags::remove);
    }

    /** The tags that a request brings. */
    static Map<String, String> read(Parameters request) {
        var tags = new LinkedHashMap<String, String>();
        for (Parameters tag : request.list("Tags", "Tag")) {
            String key = tag.required("Key");
            if (tags.put(key, tag.text("Value").orElse("")) != null) {
                throw new AwsRefusal(AwsError.invalid("Tag key '" + key + "' is specified more than once."));
            }
        }
        TagRules.require(tags);
        return tags;
    }

    private static OperationPlan list(OperationCall call) {
        String arn = arn(call);
        Map<String, String> tags =
                isMember(arn) ? noTags(call, arn) : cluster(call, arn).tags();
        return OperationPlan.answer(xml -> ClusterXml.tags(xml, tags));
    }

    private static Map<String, String> noTags(OperationCall call, String arn) {
        Directory.of(call).member(arn);
        return Map.of();
    }

    private static OperationPlan add(OperationCall call) {
        Cluster cluster = taggable(call);
        Map<String, String> more = read(call.parameters());
        if (more.isEmpty()) {
            throw call.parameters().missing("Tags");
        }
        var tags = new LinkedHashMap<>(cluster.tags());
        tags.putAll(more);
        TagRules.requireFew(tags);
        return change(cluster, tags);
    }

    private static OperationPlan remove(OperationCall call) {
        Cluster cluster = taggable(call);
        var tags = new LinkedHashMap<>(cluster.tags());
        call.parameters().texts("TagKeys", "member").forEach(tags::remove);
        return change(cluster, tags);
    }

    private static OperationPlan change(Cluster cluster, Map<String, String> tags) {
        return OperationPlan.change(
                new SetTags(Element.cluster(cluster.name()), tags), cluster.name(), (after, xml) -> {});
    }

    private static Cluster taggable(OperationCall call) {
        String arn = arn(call);
        if (isMember(arn)) {
            String cluster = Directory.of(call).member(arn).cluster().orElseThrow();
            throw new AwsRefusal(AwsError.of(
                    "OperationNotPermitted",
                    "An instance of a cluster has no tags of its own here; tag the cluster " + cluster + "."));
        }
        return cluster(call, arn);
    }

    private static String arn(OperationCall call) {
        String arn = call.parameters().required("ResourceName");
        if (!arn.startsWith("arn:")) {
            throw new AwsRefusal(AwsError.invalid("Invalid resource name: " + arn));
        }
        return arn;
    }

    private static boolean isMember(String arn) {
        return arn.matches("arn:[^:]*:rds:[^:]*:[^:]*:db:.*");
    }

    private static Cluster cluster(OperationCall call, String arn) {
        return Directory.of(call).cluster(arn);
    }
}
