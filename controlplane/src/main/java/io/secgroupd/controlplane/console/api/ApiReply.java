package io.secgroupd.controlplane.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An answer: a status of HTTP and an object of JSON. */
public final class ApiReply {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final int status;
    private final byte[] json;

    private ApiReply(int status, byte[] json) {
        this.status = status;
        this.json = json;
    }

    /** Writes the fields of an object that has been started. */
    @FunctionalInterface
    public interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** What was asked for. */
    public static ApiReply of(Fields fields) {
        return of(200, fields);
    }

    /** An answer with another status. */
    public static ApiReply of(int status, Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return new ApiReply(status, bytes.toByteArray());
    }

    /** A refusal with a sentence for people, in the field {@code error}. */
    public static ApiReply refused(int status, String sentence) {
        return of(status, json -> json.writeStringField("error", sentence));
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The bytes of the object. */
    public byte[] json() {
        return json.clone();
    }
}
