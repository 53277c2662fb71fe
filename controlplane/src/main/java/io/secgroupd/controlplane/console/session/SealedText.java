package io.secgroupd.controlplane.console.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.AccessKeys;
import io.secgroupd.controlplane.aws.sigv4.Digests;
import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * SealedFields under a seal, which only who has the secret of an access key can set: anybody can read them, and nobody else can
 * change them. All control servers know the seal, since they have the same keys, and it is worth nothing once the key is gone.
 */
final class SealedText {

    /** What a seal is for: one for something else does not fit. */
    enum Purpose {
        ENTRY,
        SESSION,
        TOKEN
    }

    /** A sound one is much shorter. */
    private static final int MOST_CHARACTERS = 2048;

    private static final String KEY = "key";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private SealedText() {}

    /**
     * What was under a seal.
     *
     * @param key that it was sealed with, as it is now
     */
    record Opened(AccessKey key, Map<String, String> fields) {

        /** A field, which is empty when there is none. */
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /** Seals fields. */
    static String seal(AccessKey key, Purpose purpose, Map<String, String> fields) {
        var object = new JsonTexts();
        object.texts().putAll(fields);
        object.texts().put(KEY, key.id());
        String payload = ENCODER.encodeToString(Json.line(object).getBytes(UTF_8));
        return payload + "." + mark(key, purpose, payload);
    }

    /** The fields, when the seal is unbroken and of a key that is known. */
    static Optional<Opened> open(String text, Purpose purpose, AccessKeys keys) {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        String payload = text.substring(0, dot);
        byte[] mark = text.substring(dot + 1).getBytes(UTF_8);
        return fields(payload)
                .flatMap(fields -> keys.find(fields.getOrDefault(KEY, "")).map(key -> new Opened(key, fields)))
                .filter(opened -> MessageDigest.isEqual(
                        mark, mark(opened.key(), purpose, payload).getBytes(UTF_8)));
    }

    private static Optional<Map<String, String>> fields(String payload) {
        try {
            byte[] line = Base64.getUrlDecoder().decode(payload);
            return Optional.of(Json.parse(new String(line, UTF_8)).texts());
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** The mark of a text. The secret also signs requests of AWS, so another key is derived from it for each purpose. */
    static String mark(AccessKey key, Purpose purpose, String text) {
        byte[] console = Digests.hmac(key.secret().getBytes(UTF_8), "secgroupd console");
        return ENCODER.encodeToString(Digests.hmac(Digests.hmac(console, purpose.name()), text));
    }
}
