package io.secgroupd.controlplane.store.common;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.secgroupd.controlplane.store.Origin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects of JSON whose values are texts, or objects of texts. What is kept needs no more, and a person can read it. */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** One object: its texts, and its objects of texts. */
    public record JsonTexts(SortedMap<String, String> texts, SortedMap<String, SortedMap<String, String>> objects) {

        /** An empty one. */
        public JsonTexts() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        /**
         * A text.
         *
         * @throws IOException when there is none
         */
        public String text(String key) throws IOException {
            return present(texts.get(key), key);
        }

        /**
         * An object of texts.
         *
         * @throws IOException when there is none
         */
        public SortedMap<String, String> object(String key) throws IOException {
            return present(objects.get(key), key);
        }

        private static <T> T present(@Nullable T value, String key) throws IOException {
            if (value == null) {
                throw new IOException("\"" + key + "\" is missing");
            }
            return value;
        }

        /** Adds who made a revision, and why. */
        public JsonTexts with(Origin origin) {
            texts.put("author", origin.author());
            texts.put("reason", origin.reason());
            texts.put("time", origin.time().toString());
            return this;
        }

        /**
         * Who made a revision, and why.
         *
         * @throws IOException when a part of it is missing
         */
        public Origin origin() throws IOException {
            try {
                return new Origin(text("author"), text("reason"), Instant.parse(text("time")));
            } catch (DateTimeException e) {
                throw new IOException("\"time\" is none", e);
            }
        }
    }

    /** The object on one line. */
    public static String line(JsonTexts object) {
        var line = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            for (var text : object.texts().entrySet()) {
                json.writeStringField(text.getKey(), text.getValue());
            }
            for (var inner : object.objects().entrySet()) {
                json.writeObjectFieldStart(inner.getKey());
                for (var text : inner.getValue().entrySet()) {
                    json.writeStringField(text.getKey(), text.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot fail", e);
        }
        return line.toString();
    }

    /**
     * The object of a line.
     *
     * @throws IOException when it is none
     */
    public static JsonTexts parse(String line) throws IOException {
        var object = new JsonTexts();
        try (JsonParser json = FACTORY.createParser(line)) {
            expect(json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                if (json.nextToken() == JsonToken.START_OBJECT) {
                    object.objects().put(key, texts(json));
                } else {
                    object.texts().put(key, text(json));
                }
            }
            expect(json.currentToken(), JsonToken.END_OBJECT);
        }
        return object;
    }

    private static SortedMap<String, String> texts(JsonParser json) throws IOException {
        var texts = new TreeMap<String, String>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            texts.put(key, text(json));
        }
        expect(json.currentToken(), JsonToken.END_OBJECT);
        return texts;
    }

    private static String text(JsonParser json) throws IOException {
        expect(json.currentToken(), JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) throws IOException {
        if (token != expected) {
            throw new IOException("it has another form than was written");
        }
    }
}
