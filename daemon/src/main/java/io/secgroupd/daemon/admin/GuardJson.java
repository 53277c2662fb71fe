package io.secgroupd.daemon.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /guard}: the texts of a {@link GuardRequest} by name, and its files in Base64 by path. */
public final class GuardJson {

    private static final JsonFactory JSON = new JsonFactory();

    private GuardJson() {}

    /** Writes a request. */
    public static byte[] write(GuardRequest request) {
        var bytes = new ByteArrayOutputStream(length(request.files()));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("rules", request.rules().toString());
            json.writeStringField("before", request.before());
            json.writeStringField("after", request.after());
            if (request.client().isPresent()) {
                json.writeStringField("client", request.client().get());
            }
            json.writeObjectFieldStart("files");
            for (Map.Entry<Path, byte[]> file : request.files().entrySet()) {
                json.writeBinaryField(file.getKey().toString(), file.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written but memory", e);
        }
        return bytes.toByteArray();
    }

    /** About how long it will be: a large one is not to be copied again and again while it grows. */
    private static int length(Map<Path, byte[]> files) {
        long bytes = 1024;
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            bytes += file.getValue().length / 3 * 4L + file.getKey().toString().length() + 64;
        }
        return Math.toIntExact(bytes);
    }

    /** Reads a request; empty when the body is not one. */
    static Optional<GuardRequest> read(byte[] body) {
        var texts = new TreeMap<String, String>();
        var files = new TreeMap<Path, byte[]>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                if (name.equals("files")) {
                    readFiles(json, files);
                } else {
                    texts.put(name, String.valueOf(json.nextTextValue()));
                }
            }
            return request(texts, files);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void readFiles(JsonParser json, Map<Path, byte[]> files) throws IOException {
        json.nextToken();
        for (String path = json.nextFieldName(); path != null; path = json.nextFieldName()) {
            json.nextToken();
            files.put(Path.of(path), json.getBinaryValue());
        }
    }

    private static Optional<GuardRequest> request(Map<String, String> texts, Map<Path, byte[]> files) {
        @Nullable String rules = texts.get("rules");
        @Nullable String before = texts.get("before");
        @Nullable String after = texts.get("after");
        if (rules == null || before == null || after == null || files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new GuardRequest(Path.of(rules), files, before, after, Optional.ofNullable(texts.get("client"))));
    }
}
