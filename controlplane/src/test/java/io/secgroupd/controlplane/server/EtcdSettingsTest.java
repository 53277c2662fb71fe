package io.secgroupd.controlplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.server.ControlSettingsReader.ControlSettingsResult;
import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.controlplane.server.StoreSettings.InEtcd;
import io.secgroupd.controlplane.store.etcd.EtcdSettings;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.ClientCertificate;
import io.secgroupd.controlplane.store.etcd.EtcdSettings.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdSettingsTest {

    @TempDir
    private Path directory;

    private ControlSettingsResult read(String text) throws IOException {
        return ControlSettingsReader.read(Files.writeString(directory.resolve("control.yaml"), text));
    }

    private StoreSettings store(String text) throws IOException {
        ControlSettingsResult result = read(text);
        assertThat(result.problems()).isEmpty();
        return result.settings().orElseThrow().store();
    }

    private List<String> problems(String text) throws IOException {
        ControlSettingsResult result = read(text);
        assertThat(result.settings()).isEmpty();
        return result.problems().stream()
                .map(problem -> problem.toString().replace(directory + "/", ""))
                .toList();
    }

    @Test
    void aDirectoryIsWhereItWas() throws IOException {
        assertThat(store("store: { directory: /srv/rules }\n"))
                .isEqualTo(new InDirectory(Path.of("/srv/rules/rules.yaml")));
    }

    @Test
    void littleIsEnough() throws IOException {
        assertThat(store("store: { etcd: { endpoints: \"http://127.0.0.1:2379\" } }\n"))
                .isEqualTo(new InEtcd(
                        new EtcdSettings(
                                List.of(URI.create("http://127.0.0.1:2379")),
                                "/secgroupd/",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty()));
    }

    @Test
    void everythingCanBeSaid() throws IOException {
        assertThat(store("""
                        store:
                          etcd:
                            endpoints: ["https://10.0.0.1:2379", "https://[2001:db8::1]:2379"]
                            prefix: /firewall
                            ca: ca.crt
                            certificate: control.crt
                            key: control.key
                            user: control
                            password_file: /etc/secgroupd/etcd.password
                            initial: rules.yaml
                        """))
                .isEqualTo(new InEtcd(
                        new EtcdSettings(
                                List.of(URI.create("https://10.0.0.1:2379"), URI.create("https://[2001:db8::1]:2379")),
                                "/firewall/",
                                Optional.of(directory.resolve("ca.crt")),
                                Optional.of(new ClientCertificate(
                                        directory.resolve("control.crt"), directory.resolve("control.key"))),
                                Optional.of(new Login("control", Path.of("/etc/secgroupd/etcd.password")))),
                        Optional.of(directory.resolve("rules.yaml"))));
    }

    @Test
    void allProblemsAreToldAtOnceEachWithItsPlace() throws IOException {
        assertThat(problems("""
                        store:
                          etcd:
                            endpoints: [10.0.0.1, "http://10.0.0.2:2379/v3"]
                            prefix: no slash
                            user: control
                            certificate: control.crt
                            nonsense: 1
                        """))
                .hasSize(6)
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("control.yaml:3:17: ").contains("10.0.0.1"))
                .anySatisfy(problem -> assertThat(problem).contains("/v3").contains("is not an endpoint of etcd"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("control.yaml:4:13: ").contains("is not a prefix"))
                .anySatisfy(problem -> assertThat(problem).contains("password_file"))
                .anySatisfy(problem -> assertThat(problem).contains("nonsense"));
    }

    @Test
    void contradictionsAreRefused() throws IOException {
        assertThat(problems("store: { directory: /a, etcd: { endpoints: \"http://127.0.0.1:2379\" } }\n"))
                .singleElement()
                .asString()
                .contains("write directory or etcd, not both");
        assertThat(problems("store: { etcd: { endpoints: [\"http://127.0.0.1:1\", \"https://127.0.0.1:2\"] } }\n"))
                .singleElement()
                .asString()
                .contains("all endpoints with https://, or all with http://");
        assertThat(problems("store: { etcd: { endpoints: \"http://127.0.0.1:1\", ca: ca.crt } }\n"))
                .singleElement()
                .asString()
                .contains("is for TLS");
        assertThat(problems("store: { etcd: {} }\n")).singleElement().asString().contains("endpoints");
    }
}
