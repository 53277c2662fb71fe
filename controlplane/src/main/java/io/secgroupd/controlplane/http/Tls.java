package io.secgroupd.controlplane.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the server proves itself with, and whom it believes.
 *
 * @param certificate PEM: the certificate, followed by those that vouch for it
 * @param key         PEM: its private key (PKCS #8), without a password
 * @param clientCa    PEM: who vouches for certificates of clients; empty when none are asked for
 */
public record Tls(Path certificate, Path key, Optional<Path> clientCa) {

    /** One that asks for no certificates. */
    public Tls(Path certificate, Path key) {
        this(certificate, key, Optional.empty());
    }
}
