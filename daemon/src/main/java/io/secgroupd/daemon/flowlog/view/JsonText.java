package io.secgroupd.daemon.flowlog.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.daemon.flowlog.read.Field;
import io.secgroupd.daemon.flowlog.read.LogLine;
import io.secgroupd.rules.net.Protocol;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Set;

/**
 * Passes JSON lines through unchanged and writes VPC lines with the same fields, as far as they have them, and their
 * bytes.
 */
public final class JsonText implements LineText {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(new JsonEscapes()).build();
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Set<Field> NUMBERS =
            EnumSet.of(Field.SPORT, Field.DPORT, Field.TCP_FLAGS, Field.PACKETS, Field.LOST, Field.BYTES);
    /** Fields that this program's lines have only when there is something to say. */
    private static final Set<Field> NEVER_OF_VPC = EnumSet.of(Field.OBSERVED, Field.REPEAT, Field.UNIT, Field.LOST);

    private static final Set<Field> OF_A_LOSS = EnumSet.of(Field.TIME, Field.SEQ, Field.START, Field.HOST, Field.LOST);

    @Override
    public void append(LogLine line, StringBuilder out) {
        out.append(line.isVpc() ? converted(line) : JsonEscapes.escape(line.raw()))
                .append('\n');
    }

    private static String converted(LogLine line) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Field field : Field.values()) {
                if (line.isSkipData() ? OF_A_LOSS.contains(field) : !NEVER_OF_VPC.contains(field)) {
                    write(line, field, json);
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail", e);
        }
        return text.toString();
    }

    private static void write(LogLine line, Field field, JsonGenerator json) throws IOException {
        if (field == Field.LOST) {
            json.writeBooleanField("skipdata", true);
        }
        json.writeFieldName(field.inJson());
        switch (field) {
            case TIME -> json.writeString(RFC_3339.format(Instant.ofEpochMilli(line.timeMillis())));
            case FIRST -> time(line.firstMillis(), json);
            case LAST -> time(line.lastMillis(), json);
            case PROTOCOL -> protocol(line, json);
            default -> value(line, field, json);
        }
    }

    private static void time(long millis, JsonGenerator json) throws IOException {
        if (millis < 0) {
            json.writeNull();
        } else {
            json.writeString(RFC_3339.format(Instant.ofEpochMilli(millis)));
        }
    }

    private static void protocol(LogLine line, JsonGenerator json) throws IOException {
        if (line.protocol() < 0) {
            json.writeNull();
        } else {
            json.writeString(new Protocol(line.protocol()).toString());
        }
    }

    private static void value(LogLine line, Field field, JsonGenerator json) throws IOException {
        if (!line.has(field) || (NUMBERS.contains(field) && line.number(field) < 0)) {
            json.writeNull();
        } else if (NUMBERS.contains(field)) {
            json.writeNumber(line.number(field));
        } else {
            json.writeString(line.text(field));
        }
    }
}
