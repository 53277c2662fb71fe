package io.secgroupd.controlplane.store.etcd;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where an etcd is, and how it knows this control server.
 *
 * @param endpoints of its members, each {@code http://HOST:PORT} or all {@code https://HOST:PORT}
 * @param prefix    of all keys, which ends in a slash
 * @param ca        whose certificates are trusted, as PEM; when it is empty, those that Java trusts
 */
public record EtcdSettings(
        List<URI> endpoints,
        String prefix,
        Optional<Path> ca,
        Optional<ClientCertificate> certificate,
        Optional<Login> login) {

    /** The prefix when the settings name none. */
    public static final String PREFIX = "/secgroupd/";

    public EtcdSettings {
        endpoints = List.copyOf(endpoints);
    }

    /** Two PEM files, the key in PKCS #8 and without a password. */
    public record ClientCertificate(Path certificate, Path key) {}

    /** The password is the first line of its file. */
    public record Login(String user, Path passwordFile) {}

    /** Whether TLS is spoken. */
    public boolean isTls() {
        return endpoints.stream().anyMatch(endpoint -> "https".equals(endpoint.getScheme()));
    }
}
