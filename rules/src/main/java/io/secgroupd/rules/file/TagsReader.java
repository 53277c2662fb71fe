package io.secgroupd.rules.file;

import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code tags}, wherever they stand. */
final class TagsReader {

    private TagsReader() {}

    /** The tags of something with these fields, in written order; none when it has no such key. */
    static Map<String, String> read(Fields fields) {
        return fields.optional("tags").map(TagsReader::read).orElse(Map.of());
    }

    private static Map<String, String> read(Value value) {
        var tags = new LinkedHashMap<String, String>();
        for (Value.NamedValue tag : value.entries().orElse(List.of())) {
            if (tag.key().isEmpty() || tag.key().length() > Value.MAX_LABEL) {
                tag.error("a tag's key has 1-" + Value.MAX_LABEL + " characters; write a shorter one");
            }
            tag.value().label().ifPresent(text -> tags.put(tag.key(), text));
        }
        return tags;
    }
}
