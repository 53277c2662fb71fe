package io.secgroupd.controlplane.fleet.feed;

import io.secgroupd.controlplane.keys.Safety;
import io.secgroupd.rules.yaml.FileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys of Ed25519 as {@code openssl} writes them. No message repeats anything of a key. */
public final class SigningKeys {

    private static final String ALGORITHM = "Ed25519";

    /** In bytes; a key is some hundred. */
    private static final long MAX_BYTES = 16 << 10;

    private static final Pattern PRIVATE =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");
    private static final Pattern PUBLIC =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----");

    private SigningKeys() {}

    /**
     * Reads a private key that only its owner can read.
     *
     * @param file in the form that {@code openssl genpkey -algorithm ed25519} writes
     * @throws IOException with a sentence for the operator
     */
    public static PrivateKey privateKey(Path file) throws IOException {
        try {
            Optional<String> fault = Safety.fault(file);
            if (fault.isPresent()) {
                throw new IOException(fault.get());
            }
            byte[] key = body(PRIVATE, text(file)).orElseThrow(SigningKeys::noPrivateKey);
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + noPrivateKey().getMessage() + ".", e);
        } catch (IOException e) {
            throw new IOException(file + ": " + FileInput.message(e) + ".", e);
        }
    }

    private static IOException noPrivateKey() {
        return new IOException("this is no private key of Ed25519; make one with openssl genpkey -algorithm ed25519");
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /**
     * Reads a public key.
     *
     * @param text what {@code openssl pkey -pubout} writes, or only the base64 between its first and last line
     * @throws IOException with a sentence for the operator
     */
    public static PublicKey publicKey(String text) throws IOException {
        Optional<byte[]> key = text.contains("-----") ? body(PUBLIC, text) : base64(text);
        try {
            byte[] bytes = key.orElseThrow(SigningKeys::noPublicKey);
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException e) {
            throw new IOException(noPublicKey().getMessage(), e);
        }
    }

    private static IOException noPublicKey() {
        return new IOException("This is no public key of Ed25519; write what openssl pkey -pubout writes.");
    }

    private static Optional<byte[]> body(Pattern form, String text) {
        Matcher matcher = form.matcher(text.strip());
        return matcher.matches() ? base64(matcher.group(1)) : Optional.empty();
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
