package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGHUP has the files read, and never ends the daemon, whenever it comes. */
@NetnsTest
class HangUpIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-web: { inbound: [{ protocol: tcp, ports: 80, source: any }] } }
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;

    /** Begins when the launcher has begun, which ignores it, and goes on until the process is gone; some hundred a second. */
    private static final String STORM =
            "until grep -q '^Sig[IC]g[nt]:.*[13579bdf]$' /proc/$1/status; do sleep 0.001; done;"
                    + " while kill -HUP $1 2>/dev/null; do sleep 0.002; done";

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
    }

    @Test
    void itReadsTheFilesAndGoesOn() {
        RunningDaemon daemon = host.start();

        daemon.signal("HUP");
        daemon.awaitLog("policy.reload: SIGHUP");
        host.rules(RULES.replace("80", "81"));
        daemon.signal("HUP");

        daemon.awaitGeneration(2);
        host.assertShut(80);
    }

    @Test
    void aStormOfThemFromTheStartToTheEndHarmsNothing() throws Exception {
        RunningDaemon daemon = host.launch();
        Process storm = new ProcessBuilder("bash", "-c", STORM, "storm", Long.toString(daemon.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            daemon.awaitLog("daemon.ready").awaitLog("policy.reload: SIGHUP");
            host.assertOpen(80);

            assertThat(daemon.stop()).isZero();
        } finally {
            storm.destroy();
        }

        assertThat(daemon.log())
                .contains("daemon.stopped")
                .doesNotContain("admin.failed")
                .doesNotContain("Exception");
    }

    @Test
    void anEndRightAfterTheStartIsNoFailureOfTheAdminSocket() {
        RunningDaemon daemon = host.launch().awaitLog("daemon.ready");

        assertThat(daemon.stop()).isZero();

        assertThat(daemon.log()).doesNotContain("admin.failed");
    }
}
