package io.secgroupd.daemon.settings;

import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A map in the settings file, every key of which is optional.
 *
 * @param fields the fields of the map; empty when it is left out or is not a map
 */
record Section(Optional<Fields> fields) {

    static Section of(Value map, String... keys) {
        return new Section(map.fields(Set.of(keys)));
    }

    Section section(String key, String... keys) {
        return new Section(value(key).flatMap(map -> map.fields(Set.of(keys))));
    }

    /** Returns the value of a key, or the default when the key is left out or the reader has reported a problem. */
    <T> T read(String key, T otherwise, Function<Value, Optional<T>> reader) {
        return value(key).flatMap(reader).orElse(otherwise);
    }

    boolean read(String key, boolean otherwise) {
        return read(key, otherwise, Value::bool);
    }

    int read(String key, int otherwise, int min, int max) {
        return read(key, otherwise, value -> integer(value, min, max));
    }

    <E extends Enum<E>> E read(String key, E otherwise) {
        return read(key, otherwise, value -> SettingValues.oneOf(EnumSet.allOf(otherwise.getDeclaringClass()), value));
    }

    /** Reads a value for which {@code auto} means the same as leaving the key out. */
    <T> Optional<T> readUnlessAuto(String key, Function<Value, Optional<T>> reader) {
        return value(key).filter(value -> !isAuto(value)).flatMap(reader);
    }

    /** Reads a value for which {@code null} means the same as leaving the key out. */
    <T> Optional<T> readUnlessNull(String key, Function<Value, Optional<T>> reader) {
        return value(key).filter(value -> !value.isNull()).flatMap(reader);
    }

    static Optional<Integer> integer(Value value, int min, int max) {
        return value.integer(min, max).stream().boxed().findFirst();
    }

    private static boolean isAuto(Value value) {
        return value.isSingle() && !value.isNull() && value.text().equals(Optional.of("auto"));
    }

    Optional<Value> value(String key) {
        return fields.flatMap(present -> present.optional(key));
    }
}
