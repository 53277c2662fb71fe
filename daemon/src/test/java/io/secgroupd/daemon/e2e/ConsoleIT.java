package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /** The status, and what is answered. */
    private String enter(String code) {
        return curl(
                "-w",
                "%{http_code}",
                "-H",
                "Origin: http://127.0.0.1:9471",
                "-d",
                "{\"code\":\"" + code + "\"}",
                "api/enter");
    }

    /** Asks for an address of the console, the last of the arguments. */
    private String curl(String... arguments) {
        var command = new ArrayList<>(List.of("curl", "-sS", "--noproxy", "*"));
        command.addAll(List.of(arguments));
        command.set(command.size() - 1, ROOT + arguments[arguments.length - 1]);
        return host.run(command.toArray(String[]::new));
    }

    @Test
    void theAddressIsGoodOnce() throws IOException, InterruptedException {
        String code = code("");

        assertThat(enter(code))
                .startsWith("{\"user\":\"alice (key writer)\",\"right\":\"write\"")
                .endsWith("}200");
        assertThat(enter(code)).startsWith("{\"error\":").endsWith("}401");
        assertThat(server.log())
                .contains("console.entered user=\"alice (key writer)\" right=write from=127.0.0.1")
                .contains("console.refused why=\"it was used before\" from=127.0.0.1");
    }

    @Test
    void aProgramIsToldTheAddressAndHowLongItIsGood() throws IOException, InterruptedException {
        Instant before = Instant.now();

        Script printed = console("--read-only --output json");

        assertThat(printed.out())
                .matches("\\{\"address\":\"" + Pattern.quote(ROOT)
                        + "#[^\"]+\",\"expires\":\"[^\"]+\",\"right\":\"read\"}\n");
        String code = printed.out().replaceFirst(".*#", "").replaceFirst("(?s)\".*", "");
        String expires = printed.out().replaceFirst(".*\"expires\":\"", "").replaceFirst("(?s)\".*", "");
        assertThat(Instant.parse(expires))
                .isBetween(before.plusSeconds(119), Instant.now().plusSeconds(120));
        assertThat(enter(code)).contains("\"right\":\"read\"");
    }

    @Test
    void aSessionCanBeMadeToLookOnly() throws IOException, InterruptedException {
        assertThat(enter(code("--read-only --key reader"))).contains("\"right\":\"read\"", "alice (key reader)");
        assertThat(enter(code("--read-only --key writer"))).contains("\"right\":\"read\"");
    }

    @Test
    void theServedFilesAreInTheDistribution() {
        assertThat(curl("lib/lit-html/lit-html.js")).contains("export{");
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
