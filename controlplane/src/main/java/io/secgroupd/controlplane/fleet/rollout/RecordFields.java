package io.secgroupd.controlplane.fleet.rollout;

import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Function;

/** The texts of an object of JSON as what they stand for. */
record RecordFields(JsonTexts json) {

    String text(String key) throws IOException {
        return json.text(key);
    }

    long number(String key) throws IOException {
        return as(key, Long::parseLong);
    }

    boolean truth(String key) throws IOException {
        return as(key, Boolean::parseBoolean);
    }

    Instant instant(String key) throws IOException {
        return as(key, Instant::parse);
    }

    Duration duration(String key) throws IOException {
        return as(key, Duration::parse);
    }

    /** A number that may be missing. */
    OptionalLong count(String key) throws IOException {
        return json.texts().containsKey(key) ? OptionalLong.of(number(key)) : OptionalLong.empty();
    }

    private <T> T as(String key, Function<String, T> parse) throws IOException {
        try {
            return parse.apply(json.text(key));
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException("\"" + key + "\" is not what it was written as", e);
        }
    }
}
