package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.ec2.Paging.Page;
import io.secgroupd.controlplane.aws.operation.Catalog;
import io.secgroupd.controlplane.aws.operation.OperationCall;
import io.secgroupd.controlplane.aws.operation.OperationPlan;
import io.secgroupd.controlplane.aws.operation.TagRules;
import io.secgroupd.controlplane.aws.query.Parameters;
import io.secgroupd.controlplane.edit.change.IntendedChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tags of all kinds of things: of all that a request names, or of none. */
final class TagOperations {

    private record Shown(Taggable of, String key, String value) {}

    private TagOperations() {}

    static void addTo(Catalog catalog) {
        catalog.writes("CreateTags", TagOperations::create)
                .writes("DeleteTags", TagOperations::delete)
                .reads("DescribeTags", TagOperations::describe);
    }

    private static OperationPlan create(OperationCall call) {
        List<Parameters> written = call.parameters().list("Tag");
        if (written.isEmpty()) {
            throw call.parameters().missing("Tag");
        }
        Map<String, String> more = TagParameters.of(written);
        return change(call, before -> {
            var tags = new LinkedHashMap<>(before);
            tags.putAll(more);
            TagRules.requireFew(tags);
            return tags;
        });
    }

    private static OperationPlan delete(OperationCall call) {
        List<Parameters> written = call.parameters().list("Tag");
        if (written.isEmpty()) {
            return change(call, before -> Map.of());
        }
        return change(call, before -> {
            var tags = new LinkedHashMap<>(before);
            for (Parameters tag : written) {
                String key = tag.required("Key");
                // A value that is given, and be it empty, must be the one that the tag has.
                tag.text("Value").ifPresentOrElse(value -> tags.remove(key, value), () -> tags.remove(key));
            }
            return tags;
        });
    }

    private static OperationPlan change(OperationCall call, UnaryOperator<Map<String, String>> change) {
        var ids = new LinkedHashSet<>(call.parameters().texts("ResourceId"));
        if (ids.isEmpty()) {
            throw call.parameters().missing("ResourceId");
        }
        var directory = TaggableDirectory.of(call);
        var changes = new ArrayList<IntendedChange>();
        for (String id : ids) {
            Taggable resource = directory.byId(id);
            Map<String, String> tags = change.apply(resource.tags());
            if (!tags.equals(resource.tags())) {
                changes.add(resource.change().apply(tags));
            }
        }
        return new OperationPlan(changes, List.copyOf(ids), (after, xml) -> xml.bool("return", true));
    }

    private static OperationPlan describe(OperationCall call) {
        List<Shown> tags = Taggable.all(call.policy())
                .flatMap(resource -> resource.tags().entrySet().stream()
                        .map(tag -> new Shown(resource, tag.getKey(), tag.getValue())))
                .filter(new Filters<Shown>()
                        .one("key", Shown::key)
                        .one("value", Shown::value)
                        .one("resource-id", tag -> tag.of().id())
                        .one("resource-type", tag -> tag.of().type())
                        .tags(tag -> Map.of(tag.key(), tag.value()))
                        .read(call.parameters()))
                .toList();
        Page<Shown> page =
                Paging.USUAL.page(call.parameters(), tags, tag -> tag.of().id() + " " + tag.key());
        return OperationPlan.answer(xml -> {
            xml.text("nextToken", page.next());
            xml.list("tagSet", "item", page.items(), (item, tag) -> {
                item.text("key", tag.key());
                item.text("resourceId", tag.of().id());
                item.text("resourceType", tag.of().type());
                item.text("value", tag.value());
            });
        });
    }
}
