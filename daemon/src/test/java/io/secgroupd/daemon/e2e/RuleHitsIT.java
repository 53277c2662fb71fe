package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(WITH_80);

    @Test
    void surviveEditsRestartsCrashesAndADamagedFile() throws IOException {
        TcpService.listen(host.server, 80);
        RunningDaemon daemon = host.start();
        connect(3);
        assertThat(hits()).isEqualTo(3);

        host.rules(WITHOUT_80);
        daemon.awaitGeneration(2);
        assertThat(hits()).as("of the rule in force, which is another one").isZero();
        host.rules("# the same rule, elsewhere in the file\n" + WITH_80);
        daemon.awaitGeneration(3);
        connect(2);
        assertThat(hits()).isEqualTo(5);
        String first = rule("first");
        String since = rule("since");

        assertThat(daemon.stop()).isZero();
        daemon = host.start();
        assertThat(hits()).isEqualTo(5);
        assertThat(rule("first")).isEqualTo(first);
        assertThat(rule("since")).isEqualTo(since);

        connect(1);
        daemon.kill(); // within a minute of its start: what it counted was not stored yet
        daemon = host.start();
        assertThat(hits()).isEqualTo(5);

        assertThat(daemon.stop()).isZero();
        Files.writeString(host.state().resolve("hits.json"), "[{\"group\":\"sg-w");
        daemon = host.start();
        assertThat(daemon.log()).contains("hits.unreadable").contains("counting begins anew");
        assertThat(hits()).isZero();
        assertThat(rule("since")).isGreaterThan(since);
        connect(1);
        assertThat(hits()).isEqualTo(1);
    }

    private void connect(int times) {
        for (int i = 0; i < times; i++) {
            host.assertOpen(80);
        }
    }

    private double hits() {
        return host.socket().metrics().counter("secgroupd_rule_hits_total", "group=sg-web");
    }

    /** A field of the one rule; RFC 3339 times compare as text. */
    private String rule(String field) {
        return host.socket().get("rules").replaceAll("(?s).*\"" + field + "\":\"([^\"]*)\".*", "$1");
    }
}
