package io.secgroupd.daemon.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line of a JSON flow log: fields in their order, as text; null fields as {@code null} in text. */
public record FlowLine(Map<String, String> fields) {

    /** Whole lines only: the last one may be half written. */
    public static List<FlowLine> parse(String log) {
        return log.substring(0, log.lastIndexOf('\n') + 1)
                .lines()
                .map(FlowLine::line)
                .toList();
    }

    private static FlowLine line(String line) {
        var fields = new LinkedHashMap<String, String>();
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    addNested(name, json, fields);
                } else {
                    fields.put(name, json.getText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in the flow log: " + line, e);
        }
        return new FlowLine(fields);
    }

    /** The fields of an object under names with a dot. */
    private static void addNested(String name, JsonParser json, Map<String, String> fields) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = name + "." + json.currentName();
            json.nextToken();
            fields.put(field, json.getText());
        }
    }

    /** Decisions that a line stands for: those of its packets, or those that it says are lost. */
    public long decisions() {
        return Math.max(number("packets"), number("lost"));
    }

    public String text(String field) {
        return fields.getOrDefault(field, "(no field " + field + ")");
    }

    /** -1 where the field is null or missing. */
    public long number(String field) {
        String value = text(field);
        return value.matches("-?\\d+") ? Long.parseLong(value) : -1;
    }
}
