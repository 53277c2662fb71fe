package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A revision that was put in force here.
 *
 * @param serial   its number
 * @param manifest the hash of its manifest
 * @param policy   the hash of its policy
 * @param files    the SHA-256 of each of its files by name, by which an edit by hand is seen
 */
record Followed(long serial, String manifest, String policy, SortedMap<String, String> files) {

    private static final String FILES = "files";

    Followed {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    JsonTexts json() {
        var json = new JsonTexts();
        json.texts().put("serial", Long.toString(serial));
        json.texts().put("manifest", manifest);
        json.texts().put("policy", policy);
        json.objects().put(FILES, new TreeMap<>(files));
        return json;
    }

    static Followed of(JsonTexts json) throws IOException {
        return new Followed(serial(json), json.text("manifest"), json.text("policy"), json.object(FILES));
    }

    static Followed parse(String text) throws IOException {
        return of(Json.parse(text));
    }

    static long serial(JsonTexts json) throws IOException {
        try {
            return Long.parseLong(json.text("serial"));
        } catch (NumberFormatException e) {
            throw new IOException("\"serial\" is no number", e);
        }
    }
}
