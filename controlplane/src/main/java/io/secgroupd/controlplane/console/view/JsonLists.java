package io.secgroupd.controlplane.console.view;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collection;

/** Writes lists of texts. */
public final class JsonLists {

    private JsonLists() {}

    /** A field with a list of texts. */
    public static void strings(String field, Collection<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
