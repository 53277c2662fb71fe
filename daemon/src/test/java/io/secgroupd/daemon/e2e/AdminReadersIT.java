package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of the reading group, as another user, against root's own use of the admin socket. */
@NetnsTest
class AdminReadersIT {

    private static final int MANY = 24;
    private static final String RULES = """
            version: 1
            security_groups: { sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any }] } }
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");
    private final List<Process> readers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private AdminSocket socket;

    @BeforeEach
    void start() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon.start(server, rules, directory);
        socket = AdminSocket.await(server, directory);
    }

    @AfterEach
    void end() {
        for (Process reader : readers) {
            reader.descendants().forEach(ProcessHandle::destroyForcibly);
            reader.destroyForcibly();
        }
        network.close();
    }

    @Test
    void connectionsThatAskNothingKeepRootFromNothing() throws IOException {
        holdMany("sleep 30 | curl -s --max-time 30 --unix-socket " + socket.path() + " telnet://localhost");

        assertRootIsAnswered();
    }

    @Test
    void connectionsThatFollowKeepRootFromNothing() throws IOException {
        holdMany("curl -sN --max-time 30 --unix-socket " + socket.path()
                + " 'http://localhost/flows?follow=true' | grep -q too.many && sleep 0.1");

        assertRootIsAnswered();
    }

    @Test
    void floodOfQuestionsKeepsRootFromNothing() throws IOException {
        holdMany("curl -s -o " + "/dev/null --unix-socket " + socket.path() + " http://localhost/status");

        assertRootIsAnswered();
    }

    /** Each of them begins again as soon as it is turned away. Returns when they hold all that they can get. */
    private void holdMany(String once) throws IOException {
        String forever =
                "i=0; while [ $i -lt " + MANY + " ]; do i=$((i+1)); (while :; do " + once + "; done) & done; wait";
        var builder = new ProcessBuilder(asReader(forever));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        readers.add(server.start(builder));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> server.run(asReader("curl -s --unix-socket " + socket.path()
                                        + " 'http://localhost/flows?follow=true' --max-time 1; true")
                                .toArray(String[]::new))
                        .contains("too many"));
    }

    private static List<String> asReader(String shell) {
        return List.of("setpriv", "--reuid=65534", "--regid=adm", "--clear-groups", "sh", "-c", shell);
    }

    private void assertRootIsAnswered() {
        Path candidate = directory.resolve("candidate.yaml");
        for (int i = 0; i < 3; i++) {
            run("printf '%s' '" + RULES.replace("80", "8" + (i + 1)) + "' > " + candidate);
            assertThat(secgroupd("apply --confirm 60m " + candidate)).endsWith("exit 0\n");
            assertThat(secgroupd("status")).contains("TRIAL").endsWith("exit 0\n");
            assertThat(secgroupd("rollback")).endsWith("exit 0\n");
        }
        assertThat(secgroupd("apply " + candidate)).endsWith("exit 0\n");
        assertThat(rules).hasSameTextualContentAs(candidate);
    }

    private String secgroupd(String command) {
        return run(RunningDaemon.PROGRAM + " " + command + " --config " + directory.resolve(server.name() + ".yaml")
                + " 2>&1; echo exit $?");
    }

    private String run(String shell) {
        return server.run("sh", "-c", shell);
    }
}
