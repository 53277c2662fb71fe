package io.secgroupd.controlplane.fleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.host.PullSettingsReader.PullSettingsResult;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullSettingsReaderTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("pull.yaml");
    }

    private PullSettingsResult read(String text) throws IOException {
        Files.writeString(file, text);
        return PullSettingsReader.read(file);
    }

    private List<String> problems(String text) throws IOException {
        PullSettingsResult result = read(text);
        assertThat(result.settings()).isEmpty();
        return result.problems().stream()
                .map(problem -> problem.toString().substring(file.toString().length()))
                .toList();
    }

    @Test
    void twoSettingsAreEnough() throws IOException {
        assertThat(read("servers: https://control:9471/\nhost: web-1\n").settings())
                .hasValueSatisfying(settings -> {
                    assertThat(settings.servers()).containsExactly(URI.create("https://control:9471"));
                    assertThat(settings.host()).isEqualTo("web-1");
                    assertThat(settings.tokenFile()).isEqualTo(PullSettings.TOKEN_FILE);
                    assertThat(settings.rules()).isEqualTo(PullSettings.RULES);
                    assertThat(settings.socket()).isEqualTo(PullSettings.SOCKET);
                    assertThat(settings.trust()).isEmpty();
                    assertThat(settings.reports()).isFalse();
                    assertThat(settings.ca()).isEmpty();
                });
    }

    @Test
    void everythingCanBeSet() throws IOException, GeneralSecurityException {
        PublicKey key =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        String body = Base64.getEncoder().encodeToString(key.getEncoded());
        String text = """
                servers: [https://a.example.org:1/fleet, 'http://[::1]:9471', http://127.0.0.1:1, http://localhost]
                host: web-1.example.org
                token_file: token
                trust: [%s]
                ca: /ca.pem
                rules: more/rules.yaml
                socket: /run/x.sock
                report_addresses: true
                """.formatted(body);
        assertThat(read(text).settings()).hasValueSatisfying(settings -> {
            assertThat(settings.servers()).hasSize(4);
            assertThat(settings.tokenFile()).isEqualTo(directory.resolve("token"));
            assertThat(settings.trust()).containsExactly(key);
            assertThat(settings.ca()).contains(Path.of("/ca.pem"));
            assertThat(settings.rules()).isEqualTo(directory.resolve("more/rules.yaml"));
            assertThat(settings.socket()).isEqualTo(Path.of("/run/x.sock"));
            assertThat(settings.reports()).isTrue();
        });
    }

    @Test
    void allProblemsAreToldAtOnceWithTheirPlaces() throws IOException {
        assertThat(problems("servers: [http://control:1, https://a]\nhost: Web\ntrust: [x]\nsokcet: y\n"))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(":1:11: servers[0]: \"http://control:1\" is not the address"),
                        two -> assertThat(two).startsWith(":2:7: host: \"Web\" is not the name of a host"),
                        three -> assertThat(three).startsWith(":3:9: trust[0]: this is no public key of Ed25519"),
                        four -> assertThat(four).startsWith(":4:1: sokcet: unknown key \"sokcet\"; write \"socket\""));
    }

    @Test
    void serversAndNameAreNeeded() throws IOException {
        assertThat(problems("ca: a.pem\n"))
                .anySatisfy(each -> assertThat(each).contains("\"servers\" is missing"))
                .anySatisfy(each -> assertThat(each).contains("\"host\" is missing"));
        assertThat(problems("")).isNotEmpty();
        Files.delete(file);
        assertThat(PullSettingsReader.read(file).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "control:9471",
                "ftp://a",
                "http://10.0.0.1",
                "http://127.0.0.1.example.org",
                "https://",
                "https://u:p@a",
                "https://a?x=y",
                "https://a#x",
                "https://a:99999",
                "https://a b",
            })
    void anythingButAServerIsRefused(String address) throws IOException {
        assertThat(problems("servers: ['" + address + "']\nhost: a\n"))
                .singleElement()
                .asString()
                .contains("is not the address of a control server");
    }
}
