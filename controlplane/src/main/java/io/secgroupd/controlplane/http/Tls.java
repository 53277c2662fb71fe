package io.secgroupd.controlplane.http;

import java.nio.file.Path;

/**
 * What the server proves itself with.
 *
 * @param certificate PEM: the certificate, followed by those that vouch for it
 * @param key         PEM: its private key (PKCS #8), without a password
 */
public record Tls(Path certificate, Path key) {}
