package io.secgroupd.daemon.cli.running;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The query of a request: whatever its values are, it is a valid one. */
record Query(String text) {

    static Query of(String name, Optional<String> value) {
        return new Query("").and(name, value);
    }

    /** Nothing is added for a value that is not there. */
    Query and(String name, Optional<String> value) {
        return value.map(some -> new Query(text + (text.isEmpty() ? "?" : "&") + name + "="
                        + URLEncoder.encode(some, StandardCharsets.UTF_8)))
                .orElse(this);
    }

    /** With its question mark; empty when it asks nothing. */
    @Override
    public String toString() {
        return text;
    }
}
