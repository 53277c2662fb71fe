package io.secgroupd.controlplane.fleet.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

    private static final String PRIVATE;
    private static final String PUBLIC;

    static {
        KeyPair keys = keys("Ed25519");
        PRIVATE = pem("PRIVATE", keys.getPrivate());
        PUBLIC = pem("PUBLIC", keys.getPublic());
    }

    private static final byte[] MANIFEST = "{}".getBytes(UTF_8);

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** As openssl writes it. */
    private static String pem(String kind, Key key) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + " KEY-----\n" + body + "\n-----END " + kind + " KEY-----\n";
    }

    @TempDir
    private Path directory;

    private Path file(String text, String mode) throws IOException {
        Path file = directory.resolve("sign.pem");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void whatOneKeySignsTheOtherProves() throws IOException {
        PrivateKey key = SigningKeys.privateKey(file(PRIVATE, "rw-------"));
        PublicKey open = SigningKeys.publicKey(PUBLIC);
        String signature = ManifestSignature.sign(key, MANIFEST);
        assertThat(ManifestSignature.verify(List.of(open), MANIFEST, signature)).isTrue();
        assertThat(ManifestSignature.verify(List.of(open), "{ }".getBytes(UTF_8), signature))
                .isFalse();
        assertThat(ManifestSignature.verify(List.of(), MANIFEST, signature)).isFalse();
        assertThat(new Pointer(1, 0, "a".repeat(64), Optional.of(signature), "t").signature())
                .contains(signature);
    }

    @Test
    void oneOfSeveralKeysIsEnough() throws IOException {
        PublicKey other = keys("Ed25519").getPublic();
        String signature = ManifestSignature.sign(SigningKeys.privateKey(file(PRIVATE, "rw-------")), MANIFEST);
        assertThat(ManifestSignature.verify(List.of(other), MANIFEST, signature))
                .isFalse();
        assertThat(ManifestSignature.verify(List.of(other, SigningKeys.publicKey(PUBLIC)), MANIFEST, signature))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "no base64!", "\u20ac"})
    void whatIsNoSignatureProvesNothing(String text) throws IOException {
        assertThat(ManifestSignature.verify(List.of(SigningKeys.publicKey(PUBLIC)), MANIFEST, text))
                .isFalse();
    }

    @Test
    void thePublicKeyMayBeItsBodyAlone() throws IOException {
        String body =
                PUBLIC.lines().filter(line -> !line.startsWith("-")).findFirst().orElseThrow();
        assertThat(SigningKeys.publicKey(" " + body + "\n")).isEqualTo(SigningKeys.publicKey(PUBLIC));
    }

    @Test
    void othersMayNotReadThePrivateKey() throws IOException {
        Path file = file(PRIVATE, "rw-r-----");
        assertThatThrownBy(() -> SigningKeys.privateKey(file)).hasMessageContaining("the mode is 0640");
    }

    @Test
    void anotherKeyIsRefusedAndNotRepeated() throws IOException {
        byte[] other = keys("EC").getPrivate().getEncoded();
        String body = Base64.getEncoder().encodeToString(other);
        for (String text :
                new String[] {"", body, PUBLIC, pem("PRIVATE", keys("EC").getPrivate())}) {
            Path file = file(text, "rw-------");
            assertThatThrownBy(() -> SigningKeys.privateKey(file))
                    .hasMessage(file + ": this is no private key of Ed25519; make one with openssl genpkey -algorithm"
                            + " ed25519.");
        }
        for (String text : new String[] {"", "x", "!" + PUBLIC, PRIVATE, body}) {
            assertThatThrownBy(() -> SigningKeys.publicKey(text)).hasMessageStartingWith("This is no public key");
        }
    }
}
