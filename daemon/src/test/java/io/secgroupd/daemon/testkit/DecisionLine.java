package io.secgroupd.daemon.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of a flow log in which a test chooses the values that matter to it. Immutable. */
public final class DecisionLine {

    /** When it is, unless a test says something else. */
    public static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<String, @Nullable Object> fields;

    private DecisionLine(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    /** One packet for PostgreSQL that a rule accepts. */
    public static DecisionLine accept() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("time", NOON);
        fields.put("seq", 1);
        fields.put("start", "ab12cd34");
        fields.put("host", "db.example");
        fields.put("verdict", "ACCEPT");
        fields.put("reason", "rule");
        fields.put("direction", "ingress");
        fields.put("instance", "orders-1");
        fields.put("group", "sg-db");
        fields.put("rule", "sgr-sql");
        fields.put("protocol", "tcp");
        fields.put("src", "10.0.1.10");
        fields.put("sport", 40000);
        fields.put("dst", "10.0.2.10");
        fields.put("dport", 5432);
        fields.put("icmp_type", null);
        fields.put("icmp_code", null);
        fields.put("tcp_flags", 2);
        fields.put("in", "eth0");
        fields.put("generation", 7);
        fields.put("packets", 1);
        fields.put("first", NOON);
        fields.put("last", NOON);
        return new DecisionLine(fields);
    }

    /** One packet for SSH that no rule allows. */
    public static DecisionLine reject() {
        return accept().with("verdict", "REJECT")
                .with("reason", "no-matching-rule")
                .with("group", null)
                .with("rule", null)
                .with("dport", 22);
    }

    /** A ping that no rule allows. */
    public static DecisionLine ping() {
        return reject().with("protocol", "icmp")
                .with("sport", null)
                .with("dport", null)
                .with("tcp_flags", null)
                .with("icmp_type", 8)
                .with("icmp_code", 0);
    }

    /** So many decisions are not in the log. */
    public static DecisionLine lost(long decisions) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        accept().fields.forEach((name, value) -> {
            if (name.equals("time") || name.equals("seq") || name.equals("start") || name.equals("host")) {
                fields.put(name, value);
            }
        });
        fields.put("skipdata", true);
        fields.put("lost", decisions);
        return new DecisionLine(fields);
    }

    /** With another value: a text, a number, a time, or null. */
    public DecisionLine with(String field, @Nullable Object value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(field, value);
        return new DecisionLine(changed);
    }

    /** With what a candidate would have decided; group and rule are null where it refuses. */
    public DecisionLine withCandidate(String verdict, String reason, @Nullable String group, @Nullable String rule) {
        var candidate = new LinkedHashMap<String, @Nullable Object>();
        candidate.put("verdict", verdict);
        candidate.put("reason", reason);
        candidate.put("group", group);
        candidate.put("rule", rule);
        return with("candidate", new DecisionLine(candidate));
    }

    /** At another time, from its first packet to its last. */
    public DecisionLine at(Instant time) {
        return with("time", time).with("first", time).with("last", time);
    }

    /** The line with its line end. */
    public String json() {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail", e);
        }
        return text + "\n";
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            write(field.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof DecisionLine object) {
            object.write(json);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            // A time with its milliseconds even when they are zero, as the log has it.
            String text = value.toString();
            json.writeString(value instanceof Instant && !text.contains(".") ? text.replace("Z", ".000Z") : text);
        }
    }
}
