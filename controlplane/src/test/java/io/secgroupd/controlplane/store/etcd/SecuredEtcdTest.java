package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.ClientCertificate;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that speaks TLS alone, asks for a certificate, and knows users. */
class SecuredEtcdTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path directory;

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @Test
    void certificateUserAndPasswordAreShownAndALoginThatHasExpiredIsRenewed() throws Exception {
        makeCertificate();
        try (Etcd etcd = Etcd.start(
                directory,
                1,
                "https",
                List.of(
                        "--cert-file=" + certificate,
                        "--key-file=" + key,
                        "--client-cert-auth",
                        "--trusted-ca-file=" + certificate))) {
            EtcdSettings settings = etcd.settings("/secured/");
            addUsers(settings);
            try (EtcdStore store = EtcdStore.open(as(settings, "control", "secret"))) {
                Lines.begin(store);
                etcd.kill(0); // it remembers no login
                etcd.startMember(0);
                assertThat(Lines.add(store, store.current(), "one")).isInstanceOf(Stored.class);
            }
            assertRefused(as(settings, "control", "wrong"), "etcd refuses this control server");
            assertRefused(as(etcd.settings("/other/"), "control", "secret"), "etcd refuses this control server");
            assertRefused(settings, "etcd");
        }
    }

    private static void assertRefused(EtcdSettings settings, String message) throws IOException {
        try (EtcdStore store = EtcdStore.open(settings)) {
            assertThatThrownBy(store::current).isInstanceOf(IOException.class).hasMessageStartingWith(message);
        }
    }

    private EtcdSettings as(EtcdSettings settings, String user, String password) throws IOException {
        Path file = Files.writeString(directory.resolve(user + "." + password), password + "\n");
        return new EtcdSettings(
                List.of(settings.endpoints().get(0), URI.create("https://127.0.0.1:1")), // the other is down
                settings.prefix(),
                Optional.of(certificate),
                Optional.of(new ClientCertificate(certificate, key)),
                Optional.of(new Login(user, file)));
    }

    private void addUsers(EtcdSettings settings) throws Exception {
        var root = new EtcdSettings(
                settings.endpoints(),
                "",
                Optional.of(certificate),
                Optional.of(new ClientCertificate(certificate, key)),
                Optional.empty());
        try (Client client = EtcdClients.make(root)) {
            Auth auth = client.getAuthClient();
            for (String user : List.of("root", "control")) {
                auth.userAdd(EtcdClients.bytes(user), EtcdClients.bytes("secret"))
                        .get(20, TimeUnit.SECONDS);
                auth.roleAdd(EtcdClients.bytes(user)).get(20, TimeUnit.SECONDS);
                auth.userGrantRole(EtcdClients.bytes(user), EtcdClients.bytes(user))
                        .get(20, TimeUnit.SECONDS);
            }
            auth.roleGrantPermission(
                            EtcdClients.bytes("control"),
                            EtcdClients.bytes("/secured/"),
                            EtcdClients.bytes("/secured0"),
                            Permission.Type.READWRITE)
                    .get(20, TimeUnit.SECONDS);
            auth.authEnable().get(20, TimeUnit.SECONDS);
        }
    }

    /** One certificate for both sides, which is its own authority. */
    private void makeCertificate() throws Exception {
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
        certificate = pem("CERTIFICATE", keys.getCertificate("etcd").getEncoded());
        key = pem("PRIVATE KEY", keys.getKey("etcd", PASSWORD).getEncoded());
    }

    private Path pem(String type, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(type.replace(' ', '-') + ".pem"),
                "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }
}
