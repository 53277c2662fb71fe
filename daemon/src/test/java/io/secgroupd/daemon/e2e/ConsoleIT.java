package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The address that {@code secgroupd console} prints lets a browser into the console of the running control server. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleIT {

    private static final String ROOT = "http://127.0.0.1:9471/console/";

    private final NetworkNamespace host = NetworkNamespace.create("console");

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ControlServerProcess server;

    @BeforeAll
    void serve(@TempDir Path files) throws IOException, InterruptedException {
        directory = files;
        Path rules = Files.writeString(directory.resolve("rules.yaml"), "version: 1\n");
        Files.writeString(directory.resolve(host.name() + ".yaml"), "");
        server = ControlServerProcess.start(host, rules, directory);
    }

    @AfterAll
    void removeTheNamespace() {
        host.close();
    }

    private Script console(String options) throws IOException, InterruptedException {
        return Script.run(directory, "SUDO_USER=alice $SG console --control control.yaml " + options);
    }

    private String code(String options) throws IOException, InterruptedException {
        Script printed = console(options);
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(printed.out()).startsWith(ROOT + "#").hasLineCount(1);
        return printed.out().strip().substring(ROOT.length() + 1);
    }

    /** What is answered, with the status before it. */
    private String enter(String code) {
        return host.call(() -> {
            var connection =
                    (HttpURLConnection) URI.create(ROOT + "api/enter").toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestProperty("Sec-Fetch-Site", "same-origin");
            connection.setDoOutput(true);
            connection.getOutputStream().write(("{\"code\":\"" + code + "\"}").getBytes(StandardCharsets.UTF_8));
            int status = connection.getResponseCode();
            try (InputStream body = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
                return status + " " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    @Test
    void theAddressIsGoodOnce() throws IOException, InterruptedException {
        String code = code("");

        assertThat(enter(code)).startsWith("200 {\"user\":\"alice (key writer)\",\"right\":\"write\"");
        assertThat(enter(code)).startsWith("401 ");
        assertThat(server.log())
                .contains("console.entered user=\"alice (key writer)\" right=write from=127.0.0.1")
                .contains("console.refused why=\"it was used before\" from=127.0.0.1");
    }

    @Test
    void aSessionCanBeMadeToLookOnly() throws IOException, InterruptedException {
        assertThat(enter(code("--read-only --key reader"))).contains("\"right\":\"read\"", "alice (key reader)");
        assertThat(enter(code("--read-only --key writer"))).contains("\"right\":\"read\"");
    }

    @Test
    void theServedFilesAreInTheDistribution() {
        String library = host.call(() -> {
            var connection =
                    URI.create(ROOT + "lib/lit-html/lit-html.js").toURL().openConnection(Proxy.NO_PROXY);
            try (InputStream body = connection.getInputStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            }
        });

        assertThat(library).contains("export{");
    }

    @Test
    void withoutAKeyThatMayWriteNothingIsPrinted() throws IOException, InterruptedException {
        console("--key reader").assertFailed(1, "no key of this name that may write", "--read-only");
        console("--key nobody").assertFailed(1, "no key of this name");
    }

    @Test
    void whereNoConsoleIsServedTheCommandSaysHowToSwitchItOn() throws IOException, InterruptedException {
        Files.writeString(directory.resolve("off.yaml"), "keys: keys.yaml\nconsole: { enabled: false }\n");

        Script.run(directory, "$SG console --control off.yaml").assertFailed(1, "console: { enabled: true }");
    }
}
