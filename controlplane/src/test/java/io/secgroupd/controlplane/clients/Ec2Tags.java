package io.secgroupd.controlplane.clients;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The tags of a resource as Terraform writes and reads them. */
final class Ec2Tags {

    private Ec2Tags() {}

    /** For a request that makes something; nothing when there are no tags. */
    static List<TagSpecification> ofNew(ResourceType type, Map<String, String> tags) {
        return tags.isEmpty()
                ? List.of()
                : List.of(TagSpecification.builder()
                        .resourceType(type)
                        .tags(list(tags))
                        .build());
    }

    static Map<String, String> read(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    /** Takes away the keys that are gone, then sets what is new or other. */
    static void update(Ec2Client ec2, String id, Map<String, String> old, Map<String, String> wanted) {
        var gone = new TreeMap<>(old);
        gone.keySet().removeAll(wanted.keySet());
        if (!gone.isEmpty()) {
            ec2.deleteTags(request -> request.resources(id).tags(list(gone)));
        }
        var fresh = new TreeMap<>(wanted);
        fresh.entrySet().removeAll(old.entrySet());
        if (!fresh.isEmpty()) {
            ec2.createTags(request -> request.resources(id).tags(list(fresh)));
        }
    }

    private static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
