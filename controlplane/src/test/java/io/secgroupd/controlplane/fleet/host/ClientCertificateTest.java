package io.secgroupd.controlplane.fleet.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.controlplane.http.HttpCall;
import io.secgroupd.controlplane.http.HttpEndpoint;
import io.secgroupd.controlplane.http.HttpLimits;
import io.secgroupd.controlplane.http.HttpReply;
import io.secgroupd.controlplane.http.HttpServer;
import io.secgroupd.controlplane.http.HttpServerSettings;
import io.secgroupd.controlplane.http.Tls;
import io.secgroupd.controlplane.testkit.Authority;
import io.secgroupd.controlplane.testkit.Authority.Issued;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCertificateTest {

    @TempDir
    private static Path keys;

    private Authority authority;
    private Issued host;
    private Issued server;

    @BeforeAll
    void makeAuthority() throws Exception {
        authority = Authority.make(keys);
        host = authority.issue("web1.example");
        server = authority.issue("localhost");
    }

    /** Says which names the client has. */
    private static final class Names implements HttpEndpoint {

        @Override
        public HttpReply answer(HttpCall call) {
            return refusal(200, call.certified().toString());
        }

        @Override
        public HttpReply refusal(int status, String sentence) {
            return new HttpReply(status, "text/plain", sentence.getBytes(UTF_8));
        }
    }

    private String names(Optional<ClientCertificate> own) throws Exception {
        var tls = new Tls(server.certificate(), server.key(), Optional.of(authority.certificate()));
        var settings = new HttpServerSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.of(tls), List.of());
        try (HttpServer http = HttpServer.start(settings, HttpLimits.DEFAULT, new Names())) {
            URI address = URI.create("https://localhost:" + http.address().getPort() + "/");
            return new HttpClients(Optional.of(authority.certificate()), own)
                    .fresh()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void theServerKnowsTheHostByIt() throws Exception {
        assertThat(names(Optional.of(new ClientCertificate(host.certificate(), host.key()))))
                .isEqualTo("[web1.example]");
        assertThat(names(Optional.empty())).isEqualTo("[]");
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws Exception {
        Path open = Files.copy(host.key(), keys.resolve("open.key"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        var certificate = new ClientCertificate(host.certificate(), open);

        assertThatThrownBy(certificate::managers).hasMessageContaining("open.key is not used");
    }

    @Test
    void whatIsNoKeyIsNamed() {
        var swapped = new ClientCertificate(host.certificate(), host.certificate());
        var without = new ClientCertificate(host.key(), host.key());

        assertThatThrownBy(swapped::managers).hasMessageContaining("is no private key");
        assertThatThrownBy(without::managers).hasMessageContaining("web1.example.key");
    }
}
