package io.secgroupd.rules.yaml;

import io.secgroupd.rules.text.Nearest;
import io.secgroupd.rules.text.Quote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A map with fixed keys. A key that is none of them is reported with the nearest one that is. */
public final class Fields {

    private final Value map;
    private final Map<String, Value> values = new LinkedHashMap<>();

    Fields(Value map, List<Value.NamedValue> entries, Set<String> known, Map<String, String> elsewhere) {
        this.map = map;
        for (Value.NamedValue entry : entries) {
            if (known.contains(entry.key())) {
                values.put(entry.key(), entry.value());
            } else {
                entry.error(() -> unknown(entry.key(), known, elsewhere));
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
        return values.containsKey(key);
    }

    /** The map that these fields make up. */
    public Value map() {
        return map;
    }

    public Optional<Value> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The field, whose absence is reported with an example of what to write. */
    public Optional<Value> required(String key, String example) {
        Value value = values.get(key);
        if (value == null) {
            map.error(Quote.of(key) + " is missing; write " + example);
        }
        return Optional.ofNullable(value);
    }
}
