package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.keys.Safety;
import io.secgroupd.rules.yaml.FileInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/**
 * What a host shows to a control server in place of a token.
 *
 * @param certificate PEM: the certificate with the host's name as a DNS name, followed by those that vouch for it
 * @param key         PEM: its private key (PKCS #8), without a password; nobody but its owner may read it
 */
public record ClientCertificate(Path certificate, Path key) {

    private static final long MAX_BYTES = 1 << 20;
    private static final char[] NO_PASSWORD = {};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

    /** @throws IOException with a sentence, when a file cannot be used */
    KeyManager[] managers() throws IOException {
        try {
            Certificate[] chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(certificate)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException(certificate + " has no certificate.");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("host", privateKey(chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " and " + key + " cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private PrivateKey privateKey(String algorithm) throws IOException, GeneralSecurityException {
        Optional<String> fault = Safety.fault(key);
        if (fault.isPresent()) {
            throw new IOException(key + " is not used: " + fault.get() + ".");
        }
        Matcher body = KEY.matcher(new String(bytes(key), StandardCharsets.US_ASCII).strip());
        if (!body.matches()) {
            throw new IOException(key + " is no private key in the form PKCS #8"
                    + " (openssl pkcs8 -topk8 -nocrypt makes that of an older form).");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(body.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = FileInput.open(file, MAX_BYTES)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IOException(file + ": " + FileInput.message(e) + ".", e);
        }
    }
}
