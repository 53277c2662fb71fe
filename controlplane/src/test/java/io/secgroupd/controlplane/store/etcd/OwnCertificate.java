package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One certificate for all sides, which is its own authority. */
record OwnCertificate(Path certificate, Path key) {

    private static final char[] PASSWORD = "password".toCharArray();

    static OwnCertificate make(Path directory) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "etcd",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=etcd",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "eku=serverAuth,clientAuth",
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        return new OwnCertificate(
                pem(directory, "CERTIFICATE", keys.getCertificate("etcd").getEncoded()),
                pem(directory, "PRIVATE KEY", keys.getKey("etcd", PASSWORD).getEncoded()));
    }

    private static Path pem(Path directory, String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /** What a member of etcd is started with, so that clients and other members must show it. */
    List<String> options() {
        return List.of(
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--client-cert-auth",
                "--trusted-ca-file=" + certificate,
                "--peer-cert-file=" + certificate,
                "--peer-key-file=" + key,
                "--peer-client-cert-auth",
                "--peer-trusted-ca-file=" + certificate);
    }
}
