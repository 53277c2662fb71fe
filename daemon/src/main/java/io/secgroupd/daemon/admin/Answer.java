package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The answer to a request.
 *
 * @param allow the method that the path takes if the request used another; otherwise empty
 */
record Answer(HttpResponseStatus status, String type, String body, String allow) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Writes the fields of an object. */
    @FunctionalInterface
    interface JsonFields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    Answer(HttpResponseStatus status, String type, String body) {
        this(status, type, body, "");
    }

    static Answer text(HttpResponseStatus status, String body) {
        return new Answer(status, "text/plain; charset=utf-8", body);
    }

    static Answer json(HttpResponseStatus status, JsonFields fields) {
        var body = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return new Answer(status, "application/json", body.toString(StandardCharsets.UTF_8));
    }

    /** An answer with a sentence that explains why the request failed. */
    static Answer error(HttpResponseStatus status, String sentence) {
        return json(status, json -> json.writeStringField("error", sentence));
    }

    static Answer wrongMethod(String path, String allow) {
        Answer error = error(HttpResponseStatus.METHOD_NOT_ALLOWED, path + " takes " + allow + " only");
        return new Answer(error.status(), error.type(), error.body(), allow);
    }
}
