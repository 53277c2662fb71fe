package io.secgroupd.rules.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys and values of the operator's own. They mean nothing to the rules. */
final class Tags {

    private Tags() {}

    /**
     * A copy that nobody changes, in written order. Its buckets can become trees: those of the JDK's unmodifiable maps are
     * searched one by one, and a file can choose keys with equal hashes.
     */
    static Map<String, String> copyOf(Map<String, String> tags) {
        return tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }
}
