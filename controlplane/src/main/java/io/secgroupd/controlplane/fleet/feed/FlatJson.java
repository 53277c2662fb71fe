package io.secgroupd.controlplane.fleet.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** An object of JSON whose values are texts and whole numbers. Fields that are unknown here come from a later version. */
final class FlatJson {

    static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Long> numbers = new TreeMap<>();

    private FlatJson() {}

    /** Writes the fields of an object. */
    interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The bytes of an object. */
    static byte[] bytes(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException with a sentence when the bytes are no such object, or too many */
    static FlatJson parse(byte[] bytes, int most) throws IOException {
        if (bytes.length > most) {
            throw new IOException("It is longer than " + most + " bytes.");
        }
        var object = new FlatJson();
        try (JsonParser json = FACTORY.createParser(bytes)) {
            expect(json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                object.take(json);
            }
            expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        }
        return object;
    }

    private void take(JsonParser json) throws IOException {
        String key = json.currentName();
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            texts.put(key, json.getText());
        } else if (token == JsonToken.VALUE_NUMBER_INT) {
            numbers.put(key, json.getLongValue());
        } else {
            json.skipChildren();
        }
    }

    static void expect(boolean sound) throws IOException {
        if (!sound) {
            throw new IOException("It is no JSON of the form that is expected.");
        }
    }

    String text(String key) throws IOException {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    long number(String key) throws IOException {
        return optionalNumber(key).orElseThrow(() -> missing(key));
    }

    OptionalLong optionalNumber(String key) {
        Long number = numbers.get(key);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static IOException missing(String key) {
        return new IOException("Its \"" + key + "\" is missing.");
    }
}
