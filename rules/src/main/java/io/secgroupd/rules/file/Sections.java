package io.secgroupd.rules.file;

import io.secgroupd.rules.text.Location;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The top-level keys of a file and its includes, merged. */
final class Sections {

    /** The words at the top of a file. */
    static final Set<String> KEYS = Set.of(
            "version",
            "include",
            "limits",
            "stale_references",
            "prefix_lists",
            "security_groups",
            "instances",
            "clusters",
            "registered",
            "tests",
            "invariants");

    private final List<Fields> documents;

    Sections(List<Fields> documents) {
        this.documents = documents;
    }

    /** The entries of one map in the order of the files. An id that occurs a second time is reported and left out. */
    List<Value.NamedValue> entries(String key) {
        Map<String, Location> first = new HashMap<>();
        var merged = new ArrayList<Value.NamedValue>();
        for (Value.NamedValue entry : values(key)
                .flatMap(value -> value.entries().stream())
                .flatMap(List::stream)
                .toList()) {
            Location before = first.putIfAbsent(entry.key(), entry.at());
            if (before == null) {
                merged.add(entry);
            } else {
                entry.error("duplicate key " + Quote.of(entry.key()) + "; the first is at " + before);
            }
        }
        return merged;
    }

    /** The items of one list, appended in the order of the files. */
    List<Value> items(String key) {
        return values(key)
                .flatMap(value -> value.items().stream())
                .flatMap(List::stream)
                .toList();
    }

    /** Reports whether peers that name no group are tolerated. */
    boolean stale() {
        Optional<Value> first = Optional.empty();
        boolean warn = false;
        for (Value value : values("stale_references").toList()) {
            if (first.isPresent()) {
                value.error("is already written at " + first.get().at() + "; write it once");
            }
            first = Optional.of(value);
            warn |= value.word(List.of("warn", "error")).equals(Optional.of("warn"));
        }
        return warn;
    }

    private Stream<Value> values(String key) {
        return documents.stream().flatMap(document -> document.optional(key).stream());
    }
}
