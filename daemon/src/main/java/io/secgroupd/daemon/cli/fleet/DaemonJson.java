package io.secgroupd.daemon.cli.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of an answer of the daemon by their places, such as {@code /policy/hash}, in its order. What is null is left out. */
record DaemonJson(Map<String, String> values) {

    DaemonJson {
        values = Collections.unmodifiableMap(values);
    }

    private static final JsonFactory JSON = new JsonFactory();

    /** @throws IOException when the text is not JSON */
    static DaemonJson parse(String text) throws IOException {
        var values = new LinkedHashMap<String, String>();
        try (JsonParser json = JSON.createParser(text)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    values.put(json.getParsingContext().pathAsPointer().toString(), json.getText());
                }
            }
        }
        return new DaemonJson(values);
    }

    Optional<String> text(String place) {
        return Optional.ofNullable(values.get(place));
    }

    /** @throws IOException when there is no such value */
    String required(String place) throws IOException {
        return text(place).orElseThrow(() -> new IOException("the daemon of this host does not tell its " + place));
    }
}
