package io.secgroupd.daemon.cli.running;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The query of a request, which is valid whatever its values are. */
record Query(String text) {

    static Query of(String name, Optional<String> value) {
        return new Query("").and(name, value);
    }

    /** Adds nothing for a value that is absent. */
    Query and(String name, Optional<String> value) {
        return value.map(some -> new Query(text + (text.isEmpty() ? "?" : "&") + name + "="
                        + URLEncoder.encode(some, StandardCharsets.UTF_8)))
                .orElse(this);
    }

    /** The query with its question mark; empty when it has no values. */
    @Override
    public String toString() {
        return text;
    }
}
