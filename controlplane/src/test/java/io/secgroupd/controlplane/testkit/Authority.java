package io.secgroupd.controlplane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority that issues certificates, made by the keytool of the JDK.
 *
 * @param directory   where its files are
 * @param certificate its own, in PEM
 */
public record Authority(Path directory, Path certificate) {

    private static final char[] PASSWORD = "password".toCharArray();
    private static final String OWN = "ca";

    /**
     * A certificate and its key, as PEM files.
     *
     * @param alias under which the key store of the authority has both
     */
    public record Issued(Path certificate, Path key, String alias) {}

    /** A new authority. */
    public static Authority make(Path directory) throws Exception {
        keytool(directory, "-alias", OWN, "-dname", "CN=ca", "-ext", "bc=ca:true");
        byte[] own = store(directory).getCertificate(OWN).getEncoded();
        return new Authority(directory, pem(directory.resolve("ca.crt"), "CERTIFICATE", List.of(own)));
    }

    /** A certificate for a name and for the loopback address. */
    public Issued issue(String name) throws Exception {
        keytool(
                directory,
                "-alias",
                name,
                "-signer",
                OWN,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:" + name + ",ip:127.0.0.1",
                "-ext",
                "eku=serverAuth,clientAuth");
        KeyStore store = store(directory);
        var chain = new ArrayList<byte[]>();
        for (Certificate each : store.getCertificateChain(name)) {
            chain.add(each.getEncoded());
        }
        byte[] key = store.getKey(name, PASSWORD).getEncoded();
        return new Issued(
                pem(directory.resolve(name + ".crt"), "CERTIFICATE", chain),
                pem(directory.resolve(name + ".key"), "PRIVATE KEY", List.of(key)),
                name);
    }

    /** A client that trusts this authority, and shows a certificate if it has one. */
    public HttpClient client(Optional<Issued> own) throws Exception {
        return HttpClient.newBuilder().sslContext(context(own)).build();
    }

    /** What such a client is made of. */
    public SSLContext context(Optional<Issued> own) throws Exception {
        KeyStore all = store(directory);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(OWN, all.getCertificate(OWN));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore shown = KeyStore.getInstance(KeyStore.getDefaultType());
        shown.load(null, null);
        if (own.isPresent()) {
            String alias = own.get().alias();
            shown.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore store(Path directory) throws Exception {
        return KeyStore.getInstance(directory.resolve("keys.p12").toFile(), PASSWORD);
    }

    private static void keytool(Path directory, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-validity", "30", "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keystore", directory.resolve("keys.p12").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static Path pem(Path file, String type, List<byte[]> contents) throws IOException {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        var text = new StringBuilder();
        for (byte[] content : contents) {
            text.append("-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(type, base64.encodeToString(content)));
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }
}
