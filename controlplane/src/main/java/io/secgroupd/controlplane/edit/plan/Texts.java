package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import java.util.Map;
import java.util.Optional;

/** Names, descriptions and tags: what is the same already is not touched. */
final class Texts {

    private Texts() {}

    /** Sets a text; an empty one takes its key away. */
    static void setText(DraftMap map, String key, String text) {
        if (text.isEmpty()) {
            map.remove(key);
        } else if (!isText(map.get(key), text)) {
            map.put(key, DraftScalar.text(text));
        }
    }

    /** Sets a number or an id. */
    static void setWord(DraftMap map, String key, Object word) {
        if (!isText(map.get(key), word.toString())) {
            map.put(key, DraftScalar.word(word));
        }
    }

    /** Makes these the tags; no tags take the key away. */
    static void setTags(DraftMap map, Map<String, String> tags) {
        Optional<DraftNode> existing = map.get("tags");
        if (tags.isEmpty()) {
            map.remove("tags");
        } else if (existing.isEmpty()) {
            map.put("tags", DraftMap.ofTexts(tags));
        } else if (!isSame((DraftMap) existing.get().read(), tags)) {
            change(existing.get().asMap(), tags);
        }
    }

    private static boolean isSame(DraftMap existing, Map<String, String> tags) {
        return existing.keys().size() == tags.size()
                && existing.keys().stream()
                        .allMatch(
                                key -> tags.containsKey(key) && isText(existing.get(key), tags.getOrDefault(key, "")));
    }

    private static void change(DraftMap existing, Map<String, String> tags) {
        existing.keys().stream().filter(key -> !tags.containsKey(key)).forEach(existing::remove);
        tags.forEach((key, value) -> {
            if (!isText(existing.get(key), value)) {
                existing.put(key, DraftScalar.quoted(value));
            }
        });
    }

    private static boolean isText(Optional<DraftNode> node, String text) {
        return node.filter(one -> ((DraftScalar) one.read()).value().equals(text))
                .isPresent();
    }
}
