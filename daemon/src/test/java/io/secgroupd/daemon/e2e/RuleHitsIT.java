package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rule's hits are those of its content, whatever happens to the file, the policy and the daemon in between. */
@NetnsTest
class RuleHitsIT {

    private static final String WITH_80 = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;
    private static final String WITHOUT_80 = WITH_80.replace("ports: 80", "ports: 81");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void surviveEditsRestartsCrashesAndADamagedFile() throws IOException {
        TcpService.listen(server, 80);
        Path rules = Files.writeString(directory.resolve("rules.yaml"), WITH_80);
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory);
        connect(3);
        assertThat(hits()).isEqualTo(3);

        Files.writeString(rules, WITHOUT_80);
        daemon.awaitGeneration(2);
        assertThat(hits()).as("of the rule in force, which is another one").isZero();
        Files.writeString(rules, "# the same rule, elsewhere in the file\n" + WITH_80);
        daemon.awaitGeneration(3);
        connect(2);
        assertThat(hits()).isEqualTo(5);
        String first = rule("first");
        String since = rule("since");

        assertThat(daemon.stop()).isZero();
        daemon = RunningDaemon.start(server, rules, directory);
        assertThat(hits()).isEqualTo(5);
        assertThat(rule("first")).isEqualTo(first);
        assertThat(rule("since")).isEqualTo(since);

        connect(1);
        daemon.kill(); // within a minute of its start: what it counted was not stored yet
        daemon = RunningDaemon.start(server, rules, directory);
        assertThat(hits()).isEqualTo(5);

        assertThat(daemon.stop()).isZero();
        Files.writeString(directory.resolve(server.name() + "-state/hits.json"), "[{\"group\":\"sg-w");
        daemon = RunningDaemon.start(server, rules, directory);
        assertThat(daemon.log()).contains("hits.unreadable").contains("counting begins anew");
        assertThat(hits()).isZero();
        assertThat(rule("since")).isGreaterThan(since);
        connect(1);
        assertThat(hits()).isEqualTo(1);
    }

    private void connect(int times) {
        for (int i = 0; i < times; i++) {
            TcpClient.in(client).assertOpen("10.0.1.10", 80);
        }
    }

    private double hits() {
        return socket().metrics().counter("secgroupd_rule_hits_total", "group=sg-web");
    }

    /** A field of the one rule; RFC 3339 times compare as text. */
    private String rule(String field) {
        return socket().get("rules").replaceAll("(?s).*\"" + field + "\":\"([^\"]*)\".*", "$1");
    }

    private AdminSocket socket() {
        return AdminSocket.await(server, directory);
    }
}
