package io.secgroupd.daemon.shadow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stores a report about the candidate between one start of the daemon and the next. While the file is there, it is judged. */
final class ShadowFile {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;

    ShadowFile(Path path) {
        this.path = path;
    }

    /**
     * Reads the stored report; empty when there is no file.
     *
     * @throws IOException when the file cannot be read or was not written by this daemon
     */
    Optional<ShadowReport> read() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (JsonParser json = JSON.createParser(path.toFile())) {
            require(json.nextToken() == JsonToken.START_OBJECT);
            return Optional.of(report(json));
        }
    }

    private static ShadowReport report(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Set<String> accepted = new HashSet<>();
        List<Difference> differences = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value != JsonToken.START_ARRAY) {
                fields.put(name, json.getText());
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    differences.add(DifferenceJson.of(flat("", json, new HashMap<>())));
                } else {
                    accepted.add(json.getText());
                }
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT);
        return report(fields, differences, accepted);
    }

    private static ShadowReport report(Map<String, String> fields, List<Difference> differences, Set<String> accepted)
            throws IOException {
        try {
            return new ShadowReport(
                    new ShadowCandidate(
                            DifferenceJson.field("hash", fields),
                            DifferenceJson.field("name", fields),
                            DifferenceJson.field("by", fields),
                            Instant.parse(DifferenceJson.field("began", fields)),
                            Instant.parse(DifferenceJson.field("ends", fields)),
                            DifferenceJson.field("written", fields)),
                    new ShadowTotals(
                            Long.parseLong(DifferenceJson.field("connections", fields)),
                            Long.parseLong(DifferenceJson.field("faults", fields)),
                            differences),
                    accepted);
        } catch (DateTimeException | NumberFormatException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The scalars of an object, and those of the objects in it under names with a dot. */
    private static Map<String, String> flat(String prefix, JsonParser json, Map<String, String> into)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + json.currentName();
            if (json.nextToken() == JsonToken.START_OBJECT) {
                require(prefix.isEmpty());
                flat(name + ".", json, into);
            } else {
                require(json.currentToken().isScalarValue());
                into.put(name, json.getText());
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT);
        return into;
    }

    private static void require(boolean expected) throws IOException {
        if (!expected) {
            throw new IOException("it was not written by this program");
        }
    }

    /** Replaces the file in one step, so that a crash leaves either the old file or the new one. */
    void write(ShadowReport report) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        try (OutputStream out = Files.newOutputStream(fresh);
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            write(report, json);
            json.writeEndObject();
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.READ)) {
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void write(ShadowReport report, JsonGenerator json) throws IOException {
        ShadowCandidate candidate = report.candidate();
        json.writeStringField("hash", candidate.hash());
        json.writeStringField("name", candidate.name());
        json.writeStringField("by", candidate.by());
        json.writeStringField("began", candidate.began().toString());
        json.writeStringField("ends", candidate.ends().toString());
        json.writeStringField("written", candidate.written());
        json.writeNumberField("connections", report.totals().connections());
        json.writeNumberField("faults", report.totals().faults());
        json.writeArrayFieldStart("accepted");
        for (String id : report.accepted()) {
            json.writeString(id);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("differences");
        for (Difference difference : report.totals().differences()) {
            json.writeRaw('\n');
            json.writeStartObject();
            DifferenceJson.write(difference, json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Removes the file. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
    }
}
