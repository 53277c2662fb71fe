package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.daemon.testkit.HostConnection;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database lets in who is in the group of the web hosts, and those have the addresses that they report. One of them leaves its
 * control server and comes back, again and again, as a host does whose network or program is bad.
 */
@NetnsTest
class FlappingHostIT {

    /** A thousand times take more than a minute; MembershipTest has as many with the clock in hand. */
    private static final int TIMES = 250;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private RegisteredDatabase hosts;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        hosts = new RegisteredDatabase(directory, "");
    }

    @AfterEach
    void removeTheNetwork() {
        hosts.close();
    }

    @Test
    void aHostThatLeavesAndReturnsAgainAndAgainIsRefusedNoConnectionAndCausesNoRevision() throws Exception {
        hosts.assertShut();
        String tag = join();
        Tally tally = Tally.of(hosts.database, hosts.daemon);

        var flapping = new AtomicBoolean(true);
        var connections = new FutureTask<>(() -> connectWhile(flapping));
        new Thread(connections, "web").start();
        for (int time = 0; time < TIMES; time++) {
            try (HostConnection here = hosts.connect()) {
                RegisteredDatabase.report(here);
                here.ask(tag);
                if (time % 2 == 0) {
                    here.reset();
                }
            }
        }
        flapping.set(false);

        assertThat(connections.get()).isPositive();
        tally.assertDecisions("ingress ACCEPT rule " + connections.get());
        try (HostConnection here = hosts.connect()) {
            assertThat(here.pointer("none").tag()).isEqualTo(tag);
        }
        assertThat(hosts.control.log()).containsOnlyOnce("membership.changed").doesNotContain("rollout.failed");
        assertThat(hosts.pull.log()).contains("pull.in_force serial=2").doesNotContain("serial=3");
    }

    /** The number of connections, each of which was let in. */
    private int connectWhile(AtomicBoolean flapping) {
        int opened = 0;
        do {
            hosts.assertOpen();
            opened++;
        } while (flapping.get());
        return opened;
    }

    /** The web host reports its address, and follows until the database has it; returns the tag of that revision. */
    private String join() throws IOException {
        try (HostConnection here = hosts.connect()) {
            Pointer first = here.pointer("none");
            tellInForce(here, first);
            RegisteredDatabase.report(here);
            Pointer second = here.pointer(first.tag());
            while (second.serial() == first.serial()) {
                second = here.pointer(first.tag());
            }
            tellInForce(here, second);
            hosts.pull.awaitLog("pull.in_force serial=2");
            hosts.control.awaitLog("rollout.done revision=2");
            return second.tag();
        }
    }

    private static void tellInForce(HostConnection here, Pointer revision) throws IOException {
        var report = new HostReport(
                Result.IN_FORCE,
                revision.serial(),
                revision.edition(),
                "",
                "",
                OptionalLong.empty(),
                OptionalLong.empty(),
                "test");
        here.tell("/v1/report", report.bytes());
    }
}
