package io.secgroupd.daemon.shadow;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/** A difference as JSON: in the answers of the daemon and in its state. */
public final class DifferenceJson {

    private DifferenceJson() {}

    /** Writes the fields of a difference into an object that has begun. */
    public static void write(Difference difference, JsonGenerator json) throws IOException {
        json.writeStringField("id", difference.id());
        json.writeStringField("kind", difference.kind().word());
        json.writeStringField("protocol", difference.protocol());
        json.writeStringField("service", difference.service());
        decided("in_force", difference.inForce(), json);
        decided("candidate", difference.candidate(), json);
        json.writeStringField("src", difference.source());
        json.writeStringField("dst", difference.destination());
        json.writeNumberField("count", difference.count());
        json.writeStringField("first", difference.first().toString());
        json.writeStringField("last", difference.last().toString());
    }

    private static void decided(String field, DecidedBy decided, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("direction", decided.direction());
        json.writeStringField("instance", decided.instance());
        json.writeStringField("reason", decided.reason());
        json.writeStringField("group", decided.group());
        json.writeStringField("rule", decided.rule());
        json.writeStringField("at", decided.at());
        json.writeStringField("text", decided.text());
        json.writeEndObject();
    }

    /**
     * Makes a difference from its fields; those of an object in it are named {@code in_force.rule}.
     *
     * @throws IOException when one is missing or damaged
     */
    static Difference of(Map<String, String> fields) throws IOException {
        try {
            return new Difference(
                    kind(field("kind", fields)),
                    field("protocol", fields),
                    field("service", fields),
                    decided("in_force.", fields),
                    decided("candidate.", fields),
                    field("src", fields),
                    field("dst", fields),
                    Long.parseLong(field("count", fields)),
                    Instant.parse(field("first", fields)),
                    Instant.parse(field("last", fields)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("no difference: " + e.getMessage(), e);
        }
    }

    private static DifferenceKind kind(String word) throws IOException {
        for (DifferenceKind kind : DifferenceKind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw new IOException("no kind of difference");
    }

    private static DecidedBy decided(String prefix, Map<String, String> fields) throws IOException {
        return new DecidedBy(
                field(prefix + "direction", fields),
                field(prefix + "instance", fields),
                field(prefix + "reason", fields),
                field(prefix + "group", fields),
                field(prefix + "rule", fields),
                field(prefix + "at", fields),
                field(prefix + "text", fields));
    }

    /** The text of a field that must be there. */
    static String field(String name, Map<String, String> fields) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException("no " + name);
        }
        return value;
    }
}
