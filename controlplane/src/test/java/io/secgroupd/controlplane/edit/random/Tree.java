package io.secgroupd.controlplane.edit.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML tree to be printed. */
sealed interface Tree {

    /**
     * A single value.
     *
     * @param word whether it may stand without quotes
     */
    record Scalar(String text, boolean word) implements Tree {}

    record Sequence(List<Tree> items) implements Tree {}

    record Mapping(Map<String, Tree> entries) implements Tree {
        Mapping put(String key, Tree value) {
            entries.put(key, value);
            return this;
        }
    }

    static Scalar word(Object text) {
        return new Scalar(text.toString(), true);
    }

    static Scalar text(String text) {
        return new Scalar(text, false);
    }

    static Sequence list() {
        return new Sequence(new ArrayList<>());
    }

    static Mapping map() {
        return new Mapping(new LinkedHashMap<>());
    }
}
