package io.secgroupd.controlplane.fleet.feed;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which revision a host is to have: the little that it asks for again and again.
 *
 * @param serial    of the revision, from 1
 * @param edition   of the revision, from 0
 * @param manifest  the hash of its manifest, under which that is fetched as a piece is
 * @param signature over the manifest, when the fleet signs
 * @param tag       what the host names when it asks for what comes after this
 */
public record Pointer(long serial, long edition, String manifest, Optional<String> signature, String tag) {

    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}==");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9.-]{1,100}");

    public Pointer {
        FeedText.require(serial > 0, "the serial of a pointer is not above 0");
        FeedText.require(edition >= 0, "the edition of a pointer is below 0");
        FeedText.requireHash("the hash of a manifest", manifest);
        FeedText.require(
                signature.stream().allMatch(text -> SIGNATURE.matcher(text).matches()), "the signature is none");
        FeedText.require(TAG.matcher(tag).matches(), "the tag has other characters than letters, digits, dots and -");
    }

    /** The text for the wire. */
    public byte[] bytes() {
        return FlatJson.bytes(json -> {
            json.writeNumberField("serial", serial);
            if (edition > 0) {
                json.writeNumberField("edition", edition);
            }
            json.writeStringField("manifest", manifest);
            if (signature.isPresent()) {
                json.writeStringField("signature", signature.get());
            }
            json.writeStringField("tag", tag);
        });
    }

    /**
     * Reads the text.
     *
     * @throws IOException with a sentence
     */
    public static Pointer parse(byte[] bytes) throws IOException {
        FlatJson json = FlatJson.parse(bytes, FeedLimits.POINTER);
        try {
            return new Pointer(
                    json.number("serial"),
                    json.optionalNumber("edition").orElse(0),
                    json.text("manifest"),
                    json.optionalText("signature"),
                    json.text("tag"));
        } catch (IllegalArgumentException e) {
            throw new IOException("The pointer is refused: " + e.getMessage() + ".", e);
        }
    }
}
