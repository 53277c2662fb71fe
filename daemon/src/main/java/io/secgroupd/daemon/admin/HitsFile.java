package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.daemon.dataplane.RuleCounter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores the hits of rules between one start of the daemon and the next. */
final class HitsFile {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;

    HitsFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /**
     * Reads the stored hits; empty when there is no file.
     *
     * @throws IOException when the file cannot be read or was not written by this daemon
     */
    List<RuleCounter> read() throws IOException {
        var counters = new ArrayList<RuleCounter>();
        if (!Files.exists(path)) {
            return counters;
        }
        try (JsonParser json = JSON.createParser(path.toFile())) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("no array");
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                counters.add(counter(json));
            }
            if (json.currentToken() != JsonToken.END_ARRAY) {
                throw new IOException("no object");
            }
        }
        return counters;
    }

    private static RuleCounter counter(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (!json.nextToken().isScalarValue()) {
                throw new IOException("no value in " + name);
            }
            fields.put(name, json.getText());
        }
        return new RuleCounter(
                fields.getOrDefault("group", ""),
                fields.getOrDefault("rule", ""),
                number(fields, "since"),
                number(fields, "hits"),
                number(fields, "first"),
                number(fields, "last"));
    }

    private static long number(Map<String, String> fields, String name) throws IOException {
        try {
            return Long.parseLong(fields.getOrDefault(name, ""));
        } catch (NumberFormatException e) {
            throw new IOException("no number in " + name, e);
        }
    }

    /** Replaces the file in one step, so that a crash leaves either the old file or the new one. */
    void write(List<RuleCounter> counters) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh);
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (RuleCounter counter : counters) {
                write(counter, json);
            }
            json.writeEndArray();
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(RuleCounter counter, JsonGenerator json) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("group", counter.group());
        json.writeStringField("rule", counter.rule());
        json.writeNumberField("since", counter.since());
        json.writeNumberField("hits", counter.hits());
        json.writeNumberField("first", counter.first());
        json.writeNumberField("last", counter.last());
        json.writeEndObject();
    }
}
