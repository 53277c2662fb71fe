package io.secgroupd.controlplane.store.etcd;

import io.secgroupd.controlplane.testkit.Authority;
import java.nio.file.Path;
import java.util.List;

/**
 * One certificate for all sides.
 *
 * @param ca the authority that has issued it
 */
record OwnCertificate(Path ca, Path certificate, Path key) {

    static OwnCertificate make(Path directory) throws Exception {
        Authority authority = Authority.make(directory);
        Authority.Issued issued = authority.issue("etcd");
        return new OwnCertificate(authority.certificate(), issued.certificate(), issued.key());
    }

    /** What a member of etcd is started with, so that clients and other members must show it. */
    List<String> options() {
        return List.of(
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--client-cert-auth",
                "--trusted-ca-file=" + ca,
                "--peer-cert-file=" + certificate,
                "--peer-key-file=" + key,
                "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + ca);
    }
}
