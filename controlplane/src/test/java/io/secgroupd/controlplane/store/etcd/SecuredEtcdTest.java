package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.secgroupd.controlplane.store.PutResult.Stored;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that speaks TLS alone, asks for a certificate, and knows users. */
class SecuredEtcdTest {

    @TempDir
    private Path directory;

    @Test
    void certificateUserAndPasswordAreShownAndALoginThatHasExpiredIsRenewed() throws Exception {
        try (Etcd etcd = Etcd.start(directory, 1, Optional.of(OwnCertificate.make(directory)))) {
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
                settings.ca(),
                settings.certificate(),
                Optional.of(new Login(user, file)));
    }

    private void addUsers(EtcdSettings settings) throws Exception {
        var root = new EtcdSettings(settings.endpoints(), "", settings.ca(), settings.certificate(), Optional.empty());
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
}
