package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.query.Xml;
import java.util.Map;

/** Writes tags as the answers of EC2 show them. */
final class TagsXml {

    private TagsXml() {}

    /** Writes {@code tagSet}, also when it is empty. */
    static void write(Xml xml, Map<String, String> tags) {
        xml.list("tagSet", "item", tags.entrySet(), (item, tag) -> {
            item.text("key", tag.getKey());
            item.text("value", tag.getValue());
        });
    }
}
