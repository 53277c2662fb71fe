package io.secgroupd.controlplane.fleet.feed;

import io.secgroupd.controlplane.store.common.Hashes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * By which a control server knows a host: it keeps the hash alone, which nobody can turn back.
 *
 * @param host   its name
 * @param secret 32 random bytes, in 43 characters of base64url
 */
public record HostToken(String host, String secret) {

    /** What a name of a host is, for messages. */
    public static final String NAME_RULE =
            "1 to 253 lower-case letters, digits, dots and -, with a letter or digit at both ends";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** A name may have dots, so that the secret is what stands after the last one. */
    private static final Pattern TEXT = Pattern.compile("sgh1\\.(.+)\\.([^.]+)");

    private static final int SECRET_BYTES = 32;

    public HostToken {
        FeedText.require(isName(host), "the name of a host is " + NAME_RULE);
        FeedText.require(SECRET.matcher(secret).matches(), "the secret of a token has another form");
    }

    /** Whether a text can be the name of a host. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * A new token for a host.
     *
     * @throws IllegalArgumentException when the name is none
     */
    public static HostToken make(String host) {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new HostToken(host, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The token of a text; empty when it is none. */
    public static Optional<HostToken> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                        && isName(parts.group(1))
                        && SECRET.matcher(parts.group(2)).matches()
                ? Optional.of(new HostToken(parts.group(1), parts.group(2)))
                : Optional.empty();
    }

    /** The whole token, which is a secret. */
    public String text() {
        return "sgh1." + host + "." + secret;
    }

    /** The SHA-256 of the text, in hexadecimal. */
    public String hash() {
        return Hashes.sha256(text().getBytes(StandardCharsets.US_ASCII));
    }

    /** Without the secret, so that no log has it. */
    @Override
    public String toString() {
        return "token of " + host;
    }
}
