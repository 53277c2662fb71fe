package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.secgroupd.rules.model.Service;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One line of a batch. */
record BatchQuestion(String from, String to, Service service) {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * Reads {@code {"from","to","protocol","port","icmp_type","icmp_code"}}; a field that does not apply may be null.
     *
     * @throws IllegalArgumentException with a sentence, when the line is not a valid question
     */
    static BatchQuestion parse(String line) throws IOException {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("a question is a JSON object");
            }
            var fields = new QuestionFields();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                fields.read(json);
            }
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("more than one value on the line");
            }
            return fields.toQuestion();
        }
    }

    /** The fields read so far. */
    private static final class QuestionFields {
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String protocol;
        private @Nullable Integer port;
        private @Nullable Integer icmpType;
        private @Nullable Integer icmpCode;

        void read(JsonParser json) throws IOException {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                return;
            }
            switch (name) {
                case "from" -> from = text(name, value, json);
                case "to" -> to = text(name, value, json);
                case "protocol" -> protocol = text(name, value, json);
                case "port" -> port = number(name, value, json);
                case "icmp_type" -> icmpType = number(name, value, json);
                case "icmp_code" -> icmpCode = number(name, value, json);
                default -> throw new IllegalArgumentException("unknown field \"" + name + "\"");
            }
        }

        private static String text(String name, JsonToken value, JsonParser json) throws IOException {
            if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
                throw new IllegalArgumentException(name + " is not text");
            }
            return json.getText();
        }

        private static int number(String name, JsonToken value, JsonParser json) throws IOException {
            if (value != JsonToken.VALUE_NUMBER_INT || json.getTextLength() > 9) {
                throw new IllegalArgumentException(name + " is not a number within its range");
            }
            return json.getIntValue();
        }

        BatchQuestion toQuestion() {
            return new BatchQuestion(
                    required("from", from),
                    required("to", to),
                    ServiceOptions.service(required("protocol", protocol), port, icmpType, icmpCode));
        }

        private static String required(String name, @Nullable String value) {
            if (value == null) {
                throw new IllegalArgumentException("the question has no \"" + name + "\"");
            }
            return value;
        }
    }
}
