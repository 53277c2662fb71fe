package io.secgroupd.daemon.cli.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.secgroupd.rules.decide.Decision;
import java.io.CharArrayWriter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * The JSON of the halves of explanations. Whatever is asked, a half is decided by one of the decisions that were made with the policy, so
 * its text is made once.
 */
final class HalfTexts {

    /** All are forgotten when there are so many: at most about 2 MB. */
    private static final int KEPT = 4096;

    private final JsonFactory factory;
    private final IdentityHashMap<Decision, char[]> texts = new IdentityHashMap<>();
    private final char[] unchecked;

    /** @param factory writes the texts */
    HalfTexts(JsonFactory factory) throws IOException {
        this.factory = factory;
        this.unchecked = text(Optional.empty());
    }

    /** The object that says what one half decided. */
    char[] of(Optional<Decision> half) throws IOException {
        if (half.isEmpty()) {
            return unchecked;
        }
        char[] known = texts.get(half.get());
        return known != null ? known : make(half);
    }

    private char[] make(Optional<Decision> half) throws IOException {
        if (texts.size() >= KEPT) {
            texts.clear();
        }
        char[] text = text(half);
        texts.put(half.orElseThrow(), text);
        return text;
    }

    private char[] text(Optional<Decision> half) throws IOException {
        var text = new CharArrayWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            ExplanationJson.half(half, json);
            json.writeEndObject();
        }
        return text.toCharArray();
    }
}
