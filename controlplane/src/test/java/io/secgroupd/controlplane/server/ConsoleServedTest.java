package io.secgroupd.controlplane.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.aws.sigv4.AccessKey;
import io.secgroupd.controlplane.aws.sigv4.Right;
import io.secgroupd.controlplane.console.ConsoleAddress;
import io.secgroupd.controlplane.console.ConsoleSettings;
import io.secgroupd.controlplane.console.session.EntryCode;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.server.ControlSettingsReader.ControlSettingsResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a control server serves the console, and that its address leads there. */
class ConsoleServedTest {

    private static final String ELSEWHERE = "listen: 10.0.0.5:9471\ntls: { certificate: a, key: b }\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private ControlSettingsResult read(String text) throws IOException {
        return ControlSettingsReader.read(Files.writeString(directory.resolve("control.yaml"), text));
    }

    private ControlSettings settings(String text) throws IOException {
        ControlSettingsResult result = read(text);
        assertThat(result.problems()).isEmpty();
        return result.settings().orElseThrow();
    }

    private boolean isServed(String text) throws IOException {
        ControlSettings settings = settings(text);
        return settings.console().isServedBy(settings.http());
    }

    @Test
    void itIsServedOnLoopbackUnlessSwitchedOff() throws IOException {
        assertThat(isServed("")).isTrue();
        assertThat(isServed("listen: \"[::1]:9471\"\n")).isTrue();
        assertThat(isServed("console: { idle: 30m }\n")).isTrue();
        assertThat(isServed("console: { enabled: false }\n")).isFalse();
    }

    @Test
    void itIsNotServedElsewhereUnlessSwitchedOn() throws IOException {
        assertThat(isServed(ELSEWHERE)).isFalse();
        assertThat(isServed(ELSEWHERE + "console: { idle: 30m }\n")).isFalse();
        assertThat(isServed(ELSEWHERE + "console: { enabled: true }\n")).isTrue();
    }

    @Test
    void elsewhereItIsNotServedWithoutTls() throws IOException {
        assertThat(read("listen: 10.0.0.5:9471\nconsole: { enabled: true }\n").settings())
                .isEmpty();
    }

    @Test
    void theIdleTimeIsRead() throws IOException {
        assertThat(settings("console: { idle: 1h }\n").console().idle()).isEqualTo(Duration.ofHours(1));
        assertThat(settings("").console()).isEqualTo(ConsoleSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"on", "{ idle: 1m }", "{ idle: 13h }", "{ idle: soon }", "{ enabled: maybe }", "{ port: 80 }"})
    void whatMakesNoSenseIsAProblem(String console) throws IOException {
        ControlSettingsResult result = read("console: " + console + "\n");

        assertThat(result.settings()).isEmpty();
        assertThat(result.problems()).singleElement().asString().contains("control.yaml:1:");
    }

    @Test
    void theAddressIsThatOfTheSettings() throws IOException {
        var key = new AccessKey("A".repeat(20), "s".repeat(40), "ops", Right.WRITE);
        EntryCode code = EntryCode.make(key, Right.WRITE, "alice", Instant.now(), new Random(1));

        assertThat(List.of("", "listen: \"[::1]:80\"\n", ELSEWHERE, ELSEWHERE + "hosts: [control.example.org]\n"))
                .map(text -> ConsoleAddress.of(settings(text).http(), code))
                .map(address -> address.substring(0, address.indexOf('#')))
                .containsExactly(
                        "http://127.0.0.1:9471/console/",
                        "http://[0:0:0:0:0:0:0:1]:80/console/",
                        "https://10.0.0.5:9471/console/",
                        "https://control.example.org:9471/console/");
        assertThat(ConsoleAddress.of(settings("").http(), code)).endsWith("#" + code.text());
        assertThat(code.text()).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    }

    @Test
    void aServerLetsInWhoHasACode() throws Exception {
        AccessKey key = KeyFile.add(directory.resolve("keys.yaml"), "ops", Right.WRITE, new SecureRandom());
        try (ControlServer server = start("")) {
            EntryCode code = EntryCode.make(key, Right.WRITE, "alice", Instant.now(), new SecureRandom());

            HttpResponse<String> entered = post(server, "/console/api/enter", "{\"code\":\"" + code.text() + "\"}");

            assertThat(entered.statusCode()).isEqualTo(200);
            assertThat(entered.body()).contains("alice (key ops)");
        }
    }

    @Test
    void aServerThatServesNoConsoleHasNothingThere() throws Exception {
        AccessKey key = KeyFile.add(directory.resolve("keys.yaml"), "ops", Right.WRITE, new SecureRandom());
        try (ControlServer server = start("console: { enabled: false }\n")) {
            EntryCode code = EntryCode.make(key, Right.WRITE, "alice", Instant.now(), new SecureRandom());

            assertThat(post(server, "/console/api/enter", "{\"code\":\"" + code.text() + "\"}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatTheServerItselfRefusesIsProtectedToo() throws Exception {
        var unused = KeyFile.add(directory.resolve("keys.yaml"), "ops", Right.WRITE, new SecureRandom());
        try (ControlServer server = start("")) {
            HttpResponse<String> refused = post(server, "/console/api/enter", "x".repeat(2 << 20));

            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.headers().firstValue("Content-Security-Policy")).isPresent();
        }
    }

    private ControlServer start(String more) throws IOException {
        Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        String text = "listen: 127.0.0.1:0\nstore: { directory: . }\nkeys: keys.yaml\n" + more;
        return ControlServer.start(settings(text), directory.resolve("state"), HostAround.NONE);
    }

    private static HttpResponse<String> post(ControlServer server, String path, String body)
            throws IOException, InterruptedException {
        String root = "http://127.0.0.1:" + server.address().getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .header("Origin", root)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
