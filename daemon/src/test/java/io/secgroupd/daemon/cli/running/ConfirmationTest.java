package io.secgroupd.daemon.cli.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.cli.Cli;
import io.secgroupd.daemon.cli.common.ExitCode;
import io.secgroupd.daemon.control.FileContent;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root's confirm against whatever serves the socket: a daemon that has been taken over gains nothing by it. */
class ConfirmationTest {

    private static final String BEFORE = rules(80);
    private static final String TRIED = rules(81);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Path victim;

    @SuppressWarnings("NullAway.Init")
    private ServerSocketChannel socket;

    private volatile String answer = "";

    @BeforeEach
    void serve() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), BEFORE);
        Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("rw-r-----"));
        victim = Files.writeString(directory.resolve("victim"), "root's own");
        Path path = directory.resolve("admin.sock");
        Files.writeString(directory.resolve("daemon.yaml"), "rules: " + rules + "\nadmin: { socket: " + path + " }\n");
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        var thread = new Thread(this::answerAll, "fake-daemon");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void whatWasTriedBecomesTheRulesFileWithItsMode() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), TRIED);

        Cli confirm = confirm();

        assertThat(confirm.exitCode()).isZero();
        assertThat(rules).hasContent(TRIED);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rules)))
                .isEqualTo("rw-r-----");
        assertThat(directory.resolve(".rules.yaml.before")).hasContent(BEFORE);
        assertThat(asked).last().asString().startsWith("POST /confirm?hash=" + hash(TRIED) + " ");
        try (var left = Files.list(directory)) {
            assertThat(left.filter(file -> file.toString().endsWith(".new"))).isEmpty();
        }
    }

    @Test
    void fileThatTheDaemonNamesIsNotWritten() throws IOException {
        answer(hash(TRIED), victim, FileContent.hash(victim), TRIED);

        assertThat(confirm().err()).contains("another file");

        assertThat(victim).hasContent("root's own");
        assertNothingIsWritten();
    }

    @Test
    void contentThatIsNoPolicyIsNotWritten() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), "ALL ALL=(ALL) NOPASSWD: ALL\n");

        assertThat(confirm().exitCode()).isEqualTo(ExitCode.NO);

        assertNothingIsWritten();
    }

    @Test
    void contentOfAnotherHashIsNotWritten() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), rules(82));

        assertThat(confirm().exitCode()).isEqualTo(ExitCode.NO);

        assertNothingIsWritten();
    }

    @Test
    void anotherPolicyThanTheOneThatWasNamedIsNotWritten() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), TRIED);

        assertThat(confirm(hash(rules(82)).substring(0, 12)).exitCode()).isEqualTo(ExitCode.NO);

        assertNothingIsWritten();
    }

    @Test
    void rulesFileThatSaysSomethingElseThanAtTheBeginningIsNotWritten() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), TRIED);
        Files.writeString(rules, BEFORE + "# edited\n");

        Cli confirm = confirm();

        assertThat(confirm.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(confirm.err()).contains("was edited");
        assertThat(rules).hasContent(BEFORE + "# edited\n");
    }

    @Test
    void rulesFileThatIsGoneIsNotMade() throws IOException {
        answer(hash(TRIED), rules, FileContent.hash(rules), TRIED);
        Files.delete(rules);

        assertThat(confirm().exitCode()).isEqualTo(ExitCode.NO);

        assertThat(rules).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ok\n", "{}", "{\"hash\":1}", "[[", "{\"hash\":\"\",\"rules\":\"\\u0000\",\"expected\":\"\"}"})
    void answerThatIsNoneChangesNothing(String nonsense) throws IOException {
        answer = nonsense;

        Cli confirm = confirm();

        assertThat(confirm.exitCode()).isNotZero();
        assertThat(confirm.err()).doesNotContain("internal error");
        assertNothingIsWritten();
    }

    @Test
    void controlCharactersOfAnAnswerReachNoTerminal() {
        answer = "\u001b]0;owned\u0007\u202egood\n";

        Cli rollback = Cli.run("rollback", "--config", config());

        assertThat(rollback.out()).isEqualTo("?]0;owned??good\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ABCDEF0123", "0123456", "../../etc/passwd"})
    void whatIsNoHashIsNotAskedFor(String hash) {
        assertThat(confirm(hash).exitCode()).isEqualTo(ExitCode.USAGE);

        assertThat(asked).isEmpty();
    }

    private void assertNothingIsWritten() {
        assertThat(rules).hasContent(BEFORE);
        assertThat(asked).noneMatch(request -> request.startsWith("POST /confirm"));
    }

    private Cli confirm(String... more) {
        return more.length == 0
                ? Cli.run("confirm", "--config", config())
                : Cli.run("confirm", more[0], "--config", config());
    }

    private String config() {
        return directory.resolve("daemon.yaml").toString();
    }

    private String hash(String content) {
        try {
            Path file = Files.writeString(directory.resolve("tried.yaml"), content);
            return PolicyReader.read(file).hash();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void answer(String hash, Path file, String expected, String content) {
        answer = "{\"hash\":\"" + hash + "\",\"rules\":\"" + file + "\",\"expected\":\"" + expected
                + "\",\"by\":\"\",\"content\":\"" + content.replace("\n", "\\n") + "\"}";
    }

    private void answerAll() {
        try {
            while (true) {
                try (SocketChannel client = socket.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(1 << 16);
                    client.read(request);
                    asked.add(StandardCharsets.UTF_8.decode(request.flip()).toString());
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    client.write(StandardCharsets.UTF_8.encode(
                            "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n"));
                    client.write(ByteBuffer.wrap(body));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private static String rules(int port) {
        return "version: 1\nsecurity_groups: { sg-a: { inbound: [{ protocol: tcp, ports: " + port
                + ", source: any }] } }\ninstances: { a: { addresses: [10.0.0.1], security_groups: [sg-a] } }\n";
    }
}
