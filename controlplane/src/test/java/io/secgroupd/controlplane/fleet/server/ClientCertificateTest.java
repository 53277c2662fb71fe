package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.http.Tls;
import io.secgroupd.controlplane.testkit.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A host that is known by its certificate needs no token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientCertificateTest {

    @TempDir
    private static Path keys;

    @TempDir
    private Path directory;

    private Authority authority;
    private Tls tls;

    @BeforeAll
    void makeAuthority() throws Exception {
        authority = Authority.make(keys);
        Authority.Issued server = authority.issue("localhost");
        tls = new Tls(server.certificate(), server.key(), Optional.of(authority.certificate()));
    }

    private static int status(FleetFixture server, HttpClient client, String... header)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + "/v1/pointer"));
        if (header.length > 0) {
            request.headers(header);
        }
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @Test
    void theNameInItsCertificateIsItsNameInTheFleet() throws Exception {
        try (var server = new FleetFixture(directory, Optional.of(tls))) {
            server.enrol("web1.example");
            server.awaitRollout(rollout -> rollout.stage() == Stage.DONE);
            HttpClient enrolled = authority.client(Optional.of(authority.issue("web1.example")));
            HttpClient other = authority.client(Optional.of(authority.issue("web2.example")));
            HttpClient nobody = authority.client(Optional.empty());

            await().until(() -> status(server, enrolled) == 200);
            assertThat(status(server, other)).as("it is not enrolled").isEqualTo(401);
            assertThat(status(server, nobody)).as("it has no certificate").isEqualTo(401);
            assertThat(status(server, enrolled, "Authorization", "Bearer sgh1.web1.example.x"))
                    .as("a wrong token is not made good by a certificate")
                    .isEqualTo(401);
        }
    }
}
