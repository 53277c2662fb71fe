package io.secgroupd.controlplane.fleet.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Base64;
import java.util.List;

/** Signatures of manifests by Ed25519. Whoever publishes has the private key; the control servers need not have it. */
public final class ManifestSignature {

    /** Stands before what is signed, so that a signature of something else can never be taken for one of a manifest. */
    private static final byte[] PURPOSE = "secgroupd manifest 1\n".getBytes(StandardCharsets.US_ASCII);

    private ManifestSignature() {}

    /**
     * Signs a manifest.
     *
     * @return the signature in base64
     * @throws IllegalArgumentException when the key is none of Ed25519
     */
    public static String sign(PrivateKey key, byte[] manifest) {
        try {
            Signature signature = algorithm();
            signature.initSign(key);
            signature.update(PURPOSE);
            signature.update(manifest);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalArgumentException("the key is none of Ed25519", e);
        }
    }

    /** Whether one of the keys has signed a manifest. */
    public static boolean verify(List<PublicKey> keys, byte[] manifest, String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            return keys.stream().anyMatch(key -> verify(key, manifest, bytes));
        } catch (IllegalArgumentException e) {
            return false; // it is no base64
        }
    }

    private static boolean verify(PublicKey key, byte[] manifest, byte[] bytes) {
        try {
            Signature signature = algorithm();
            signature.initVerify(key);
            signature.update(PURPOSE);
            signature.update(manifest);
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            return false; // it has another form than a signature
        }
    }

    private static Signature algorithm() {
        try {
            return Signature.getInstance("Ed25519");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java 17 has Ed25519", e);
        }
    }
}
