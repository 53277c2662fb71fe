package io.secgroupd.controlplane.console.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An object of JSON that a page has sent. A field of another kind than is asked for is a fault of the page. */
public final class JsonObject {

    /** The object without fields. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /** Nothing that a page sends is deeper. */
    private static final int DEEPEST = 8;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Texts, Longs, Booleans, JsonObjects, and Lists of these. A field that is null is left out. */
    private final Map<String, Object> fields;

    private JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Reads one object, which must be all that there is.
     *
     * @throws BadCallException with a sentence, when the bytes are none
     */
    public static JsonObject parse(byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadCallException("The body is no object of JSON.");
            }
            JsonObject object = object(json, 1);
            if (json.nextToken() != null) {
                throw new BadCallException("Something follows the object of JSON.");
            }
            return object;
        } catch (IOException e) {
            throw new BadCallException("The body is no sound JSON.");
        }
    }

    private static JsonObject object(JsonParser json, int depth) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Object value = value(json, json.nextToken(), depth);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new JsonObject(fields);
    }

    private static @Nullable Object value(JsonParser json, JsonToken token, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new BadCallException("The JSON is nested too deeply.");
        }
        return switch (token) {
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case START_OBJECT -> object(json, depth + 1);
            case START_ARRAY -> list(json, depth + 1);
            case VALUE_NULL -> null;
            default -> throw new BadCallException("The JSON has a value of an unknown kind.");
        };
    }

    private static List<Object> list(JsonParser json, int depth) throws IOException {
        var values = new ArrayList<Object>();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            Object value = value(json, token, depth);
            if (value != null) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text that may be there. */
    public Optional<String> optionalText(String name) {
        return field(name, String.class);
    }

    /** A whole number that may be there. */
    public OptionalLong number(String name) {
        Optional<Long> number = field(name, Long.class);
        return number.isPresent() ? OptionalLong.of(number.get()) : OptionalLong.empty();
    }

    /** Whether a flag is set; one that is not there is not. */
    public boolean flag(String name) {
        return field(name, Boolean.class).orElse(false);
    }

    /** A list of texts; empty when it is not there. */
    public List<String> texts(String name) {
        return list(name, String.class);
    }

    /** A list of objects; empty when it is not there. */
    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class);
    }

    /** An object that may be there. */
    public Optional<JsonObject> object(String name) {
        return field(name, JsonObject.class);
    }

    /** The names of all fields. */
    public Set<String> names() {
        return new TreeSet<>(fields.keySet());
    }

    private <T> Optional<T> field(String name, Class<T> kind) {
        Object value = fields.get(name);
        if (value != null && !kind.isInstance(value)) {
            throw new BadCallException("\"" + name + "\" is of another kind than is expected.");
        }
        return Optional.ofNullable(kind.cast(value));
    }

    private <T> List<T> list(String name, Class<T> kind) {
        List<?> values = field(name, List.class).orElse(List.of());
        if (!values.stream().allMatch(kind::isInstance)) {
            throw new BadCallException("\"" + name + "\" has values of another kind than is expected.");
        }
        return values.stream().map(kind::cast).toList();
    }

    private static BadCallException missing(String name) {
        return new BadCallException("\"" + name + "\" is missing.");
    }
}
