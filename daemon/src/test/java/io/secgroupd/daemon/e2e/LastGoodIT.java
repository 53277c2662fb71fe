package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose rules file was damaged while the daemon was down comes up protected as it was, and says so. */
@NetnsTest
class LastGoodIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void runOnce() {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81);
        assertThat(host.start().stop()).isZero();
    }

    @Test
    void aDamagedFileIsStoodInForUntilItIsMended() {
        host.rules(RULES.replace("tcp", "tpc"));

        RunningDaemon daemon = host.start();

        assertThat(daemon.log())
                .contains("policy.last_good file=" + host.rulesFile)
                .contains("1 error");
        daemon.awaitLog("policy.refused");
        assertThat(daemon.log()).contains("rules.yaml:5:").contains("tpc");
        host.assertOpenIsOnly(80);

        host.rules(RULES.replace("80", "81"));
        daemon.awaitGeneration(2);
        host.assertOpenIsOnly(81);
    }

    @Test
    void aMissingFileToo() throws IOException {
        Files.delete(host.rulesFile);

        RunningDaemon daemon = host.start();

        assertThat(daemon.log()).contains("policy.last_good").contains("does not exist");
        host.assertOpenIsOnly(80);
    }

    @Test
    void aDamagedCopyIsNotTrusted() throws IOException {
        Path copy = Path.of(host.server
                .run("find", host.state().toString(), "-name", "rules.yaml")
                .strip());
        Files.writeString(copy, RULES.replace("80", "all"));
        host.rules("oops");

        RunningDaemon daemon = host.launch();

        assertThat(daemon.awaitExit()).isEqualTo(1);
        assertThat(daemon.log()).contains("policy.last_good_damaged").contains("nothing was installed");
    }
}
