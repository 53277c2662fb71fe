package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.HostConnection;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database lets in who is in the group of the web hosts, and those have the addresses that they report. What a person has
 * published is held at the database, so that no revision can say who is there.
 */
@NetnsTest
class JoinDuringRolloutIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private RegisteredDatabase hosts;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        hosts = new RegisteredDatabase(directory, "rollout: { first: [db], steps: 100%, hold: 1h }\n");
        hosts.change(2);
    }

    @AfterEach
    void removeTheNetwork() {
        hosts.close();
    }

    @Test
    void aHostThatJoinsIsLetInWhileTheRolloutIsHeld() throws Exception {
        hosts.assertShut();

        try (HostConnection here = hosts.connect()) {
            RegisteredDatabase.report(here);
            here.ask("none");
            hosts.pull.awaitLog("pull.in_force serial=2 edition=1");

            hosts.assertOpen();
            assertThat(status())
                    .contains("revision 2 is in step first hosts")
                    .contains("edition 1: hosts have it with the addresses that are registered since");
        }
        assertThat(status()).containsPattern("db +2\\.1 .*now");
        assertThat(hosts.control.log())
                .contains("membership.edition revision=2 edition=1 web-1 joins with 10.0.1.10")
                .doesNotContain("membership.changed", "rollout.failed", "rollout.done revision=2");
    }

    @Test
    void aHostThatHasLeftIsShutOutWhileTheRolloutIsHeld() throws Exception {
        try (HostConnection here = hosts.connect()) {
            RegisteredDatabase.report(here);
            here.ask("none");
            hosts.pull.awaitLog("pull.in_force serial=2 edition=1");
            hosts.assertOpen();

            Script dismissed = program("fleet dismiss web");
            assertThat(dismissed.exitCode()).as(dismissed.err()).isZero();
            hosts.pull.awaitLog("pull.in_force serial=2 edition=2");
            hosts.assertShut();
        }
    }

    private String status() throws IOException, InterruptedException {
        Script status = program("fleet status");
        assertThat(status.exitCode()).as(status.err()).isZero();
        return status.out();
    }

    private Script program(String arguments) throws IOException, InterruptedException {
        String state = directory.resolve("control-state").toString();
        return Script.run(directory, Map.of("STATE_DIRECTORY", state), "$SG " + arguments + " --control control.yaml");
    }
}
