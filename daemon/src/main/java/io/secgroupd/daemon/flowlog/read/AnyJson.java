package io.secgroupd.daemon.flowlog.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON line with its fields in any order, with any escapes, and with additional fields. */
final class AnyJson {

    private static final JsonFactory JSON = new JsonFactory();

    private AnyJson() {}

    /** Returns false when it is not a line of a flow log. */
    static boolean parse(LogLine line, byte[] bytes, int from, int to) {
        try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            Map<Field, String> values = values(json);
            if (json.nextToken() != null) {
                return false;
            }
            take(line, values);
            return line.isSound();
        } catch (IOException e) {
            return false; // the line is damaged; the reader counts it, with its place
        }
    }

    private static Map<Field, String> values(JsonParser json) throws IOException {
        var values = new EnumMap<Field, String>(Field.class);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Field field = Field.named(json.currentName());
            String value = value(json);
            if (field != null && value != null) {
                values.put(field, value);
            }
        }
        return values;
    }

    private static @Nullable String value(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        if (token.isStructStart()) {
            json.skipChildren();
            return null;
        }
        return token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_FALSE ? null : json.getText();
    }

    private static void take(LogLine line, Map<Field, String> values) {
        var all = new ByteArrayOutputStream();
        var ends = new EnumMap<Field, Integer>(Field.class);
        values.forEach((field, value) -> {
            all.writeBytes(LineWords.of(value));
            ends.put(field, all.size());
        });
        byte[] bytes = all.toByteArray();
        line.valuesIn(bytes);
        int from = 0;
        for (Map.Entry<Field, Integer> end : ends.entrySet()) {
            line.set(end.getKey(), from, end.getValue());
            from = end.getValue();
        }
        if (line.has(Field.TIME)) {
            line.setTimeMillis(Timestamps.parse(bytes, line.from(Field.TIME), line.to(Field.TIME)));
        }
    }
}
