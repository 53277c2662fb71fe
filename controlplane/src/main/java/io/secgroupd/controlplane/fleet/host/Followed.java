package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.Pointer;
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
 * @param edition  which one of it
 * @param manifest the hash of its manifest
 * @param policy   the hash of its policy
 * @param files    the SHA-256 of each of its files by name, by which an edit by hand is seen
 */
record Followed(long serial, long edition, String manifest, String policy, SortedMap<String, String> files) {

    private static final String FILES = "files";

    Followed {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Whether a pointer names what hosts were to have before this. */
    boolean isAfter(Pointer pointer) {
        return serial > pointer.serial() || (serial == pointer.serial() && edition > pointer.edition());
    }

    /** Whether a pointer names the same revision, with other addresses registered since. */
    boolean isEarlierEditionOf(Pointer pointer) {
        return serial == pointer.serial() && edition < pointer.edition();
    }

    JsonTexts json() {
        var json = new JsonTexts();
        json.texts().put("serial", Long.toString(serial));
        json.texts().put("edition", Long.toString(edition));
        json.texts().put("manifest", manifest);
        json.texts().put("policy", policy);
        json.objects().put(FILES, new TreeMap<>(files));
        return json;
    }

    static Followed of(JsonTexts json) throws IOException {
        return new Followed(
                serial(json), edition(json), json.text("manifest"), json.text("policy"), json.object(FILES));
    }

    static Followed parse(String text) throws IOException {
        return of(Json.parse(text));
    }

    static long serial(JsonTexts json) throws IOException {
        return number("serial", json.text("serial"));
    }

    /** Versions before the first that knew of editions did not write any. */
    static long edition(JsonTexts json) throws IOException {
        return number("edition", json.texts().getOrDefault("edition", "0"));
    }

    private static long number(String key, String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException('"' + key + "\" is no number", e);
        }
    }
}
