package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Nearest;
import io.secgroupd.rules.text.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A map with fixed keys. A key that is none of them is reported with the nearest one that is. */
public final class Fields {

    private final Value map;
    /** In written order. They are as few as the known keys, and so are searched one by one. */
    private final List<Value> values;

    Fields(Value map, List<YamlNode.Entry> entries, Set<String> known, Map<String, String> elsewhere) {
        this.map = map;
        this.values = new ArrayList<>(Math.min(entries.size(), known.size()));
        for (YamlNode.Entry entry : entries) {
            if (known.contains(entry.key())) {
                values.add(map.child(entry));
            } else {
                map.named(entry).error(() -> unknown(entry.key(), known, elsewhere));
            }
        }
    }

    private static String unknown(String key, Set<String> known, Map<String, String> elsewhere) {
        if (key.equals("<<")) {
            return "YAML 1.2 has no merge key; write the fields out";
        }
        var near = Optional.ofNullable(elsewhere.get(key))
                .or(() -> Nearest.to(key, known).map(Quote::of));
        String fix = near.map(word -> "write " + word)
                .orElseGet(() -> "the known keys are " + String.join(", ", new TreeSet<>(known)));
        return "unknown key " + Quote.of(key) + "; " + fix;
    }

    public boolean has(String key) {
        return find(key) != null;
    }

    /** The map that these fields make up. */
    public Value map() {
        return map;
    }

    public Optional<Value> optional(String key) {
        return Optional.ofNullable(find(key));
    }

    private @Nullable Value find(String key) {
        for (Value value : values) {
            if (key.equals(value.key())) {
                return value;
            }
        }
        return null;
    }

    /** The field, whose absence is reported with an example of what to write. */
    public Optional<Value> required(String key, String example) {
        Optional<Value> value = optional(key);
        if (value.isEmpty()) {
            missing(key, example);
        }
        return value;
    }

    /** Reports that a field is missing, with an example of what to write. */
    public void missing(String key, String example) {
        map.error(Quote.of(key) + " is missing; write " + example);
    }
}
