package io.secgroupd.controlplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.session.EntryCode;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.testkit.Authority;
import io.secgroupd.controlplane.testkit.Authority.Issued;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With TLS, the cookie is sent by no other way, and the page of http is another one. */
class ConsoleTlsTest {

    @Test
    void theSessionStaysWithinTls(@TempDir Path directory) throws Exception {
        Authority authority = Authority.make(directory);
        Issued issued = authority.issue("control.example");
        AccessKey key = KeyFile.add(directory.resolve("keys.yaml"), "ops", Right.WRITE, new SecureRandom());
        Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        Path control = Files.writeString(
                directory.resolve("control.yaml"),
                "listen: 127.0.0.1:0\nstore: { directory: . }\nkeys: keys.yaml\ntls: { certificate: "
                        + issued.certificate() + ", key: " + issued.key() + " }\n");
        ControlSettings settings =
                ControlSettingsReader.read(control).settings().orElseThrow();
        try (ControlServer server = ControlServer.start(settings, directory.resolve("state"), HostAround.NONE)) {
            HttpClient browser = authority.client(Optional.empty());
            String host = "127.0.0.1:" + server.address().getPort();
            EntryCode code = EntryCode.make(key, Right.WRITE, "alice", Instant.now(), new SecureRandom());

            assertThat(enter(browser, host, "http://" + host, code).statusCode())
                    .isEqualTo(403);
            HttpResponse<String> entered = enter(browser, host, "https://" + host, code);

            assertThat(entered.statusCode()).isEqualTo(200);
            assertThat(entered.headers().firstValue("Set-Cookie").orElseThrow()).endsWith("; Secure");
        }
    }

    private static HttpResponse<String> enter(HttpClient browser, String host, String origin, EntryCode code)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + host + "/console/api/enter"))
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("{\"code\":\"" + code.text() + "\"}"))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }
}
