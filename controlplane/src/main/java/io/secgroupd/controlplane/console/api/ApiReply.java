package io.secgroupd.controlplane.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An answer: a status of HTTP and an object of JSON. */
public final class ApiReply {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final int status;
    private final byte[] bytes;
    private final boolean packed;

    private ApiReply(int status, byte[] bytes, boolean packed) {
        this.status = status;
        this.bytes = bytes;
        this.packed = packed;
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
        try {
            write(fields, bytes);
        } catch (IOException e) {
            throw inMemory(e);
        }
        return new ApiReply(status, bytes.toByteArray(), false);
    }

    /** What was asked for, as gzip: of a large answer that is kept, no more than that ever stands in the memory. */
    public static ApiReply packed(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            write(fields, gzip);
        } catch (IOException e) {
            throw inMemory(e);
        }
        return new ApiReply(200, bytes.toByteArray(), true);
    }

    private static void write(Fields fields, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        }
    }

    private static UncheckedIOException inMemory(IOException e) {
        return new UncheckedIOException("bytes in memory cannot fail", e);
    }

    /** A refusal with a sentence for people, in the field {@code error}. */
    public static ApiReply refused(int status, String sentence) {
        return of(status, json -> json.writeStringField("error", sentence));
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** Whether {@link #bytes} are gzip. */
    public boolean isPacked() {
        return packed;
    }

    /** The bytes as they are kept. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes of the object. */
    public byte[] json() {
        if (!packed) {
            return bytes();
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readAllBytes();
        } catch (IOException e) {
            throw inMemory(e);
        }
    }
}
