package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Browser;
import io.secgroupd.daemon.testkit.ConsolePage;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.HostConnection;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.PullProcess;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet of two hosts that follow a control server, steered in the browser: one is whole, the other says what a test wants. */
@NetnsTest
class ConsoleFleetIT {

    private static final String WHY = "it shuts out <b>whoever</b> is connected to port 22";
    private static final String RULES = """
            version: 1
            security_groups: { sg-db: { inbound: [ { protocol: tcp, ports: %d, source: any } ] } }
            instances: { db-1: { addresses: [ 10.0.2.10 ], security_groups: [ sg-db ] } }
            """;

    private final Network network = new Network();
    private final NetworkNamespace host = network.addHost("db", "10.0.2.10", "2001:db8:2::10");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path own;

    @SuppressWarnings("NullAway.Init")
    private Path shared;

    @SuppressWarnings("NullAway.Init")
    private PullProcess pull;

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    private String token = "";

    @BeforeEach
    void follow() throws IOException, InterruptedException {
        assumeThat(Browser.isInstalled())
                .as("needs a browser: install the packages chromium and chromium-driver")
                .isTrue();
        own = Files.createDirectories(directory.resolve("etc")).resolve("rules.yaml");
        Files.writeString(own, RULES.formatted(1));
        RunningDaemon.start(host, own, directory, "pull: { group: root }");
        AdminSocket.await(host, directory);
        shared = Files.createDirectories(directory.resolve("shared")).resolve("rules.yaml");
        Files.writeString(shared, RULES.formatted(3301));
        ControlServerProcess.start(host, shared, directory, "rollout: { steps: \"100%\", first: [db], hold: 0s }\n");
        token = ControlServerProcess.enrol("web", "", directory);
        startPull(ControlServerProcess.enrol("db", "", directory));
        browser = Browser.in(host, directory);
        ConsolePage.enter(browser, directory, "");
        browser.click("nav-hosts");
    }

    private void startPull(String ownToken) throws IOException {
        Path file = Files.writeString(directory.resolve("pull.token"), ownToken + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        await().until(() -> Files.exists(directory.resolve("pull.sock")));
        String servers = "servers: [\"http://127.0.0.1:9471\"]\nhost: db\ntoken_file: " + file + "\n";
        pull = PullProcess.start(host, servers, own, directory.resolve("pull.sock"), directory);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aRevisionIsHaltedAndResumedAndRefusedByAHostAndAnotherIsRolledBack() throws IOException {
        haltAndResumeTheSecond();
        refuseIt();
        browser.awaitText("host", WHY).awaitText("host", "serial 2");
        awaitOwn(3301);

        Files.writeString(shared, RULES.formatted(3304));
        awaitOwn(3304);
        browser.click("fleet-rollback").click("dialog-yes");

        awaitOwn(3301);
        pull.awaitLog("pull.in_force serial=5");
        await().until(() -> row("db").contains("in force")); // a report that is "5 s ago" old has a 5, too
        assertThat(shared).hasContent(RULES.formatted(3301));
        assertThat(browser.complaints()).isEmpty();
    }

    /** The second host has the first revision, and listens, so that the second step has somebody to wait for. */
    private void haltAndResumeTheSecond() throws IOException {
        try (HostConnection web = HostConnection.open(host, token)) {
            Pointer first = web.pointer("none");
            tell(web, first.serial(), Result.IN_FORCE, "");
            browser.awaitText("rollout", "serial 1: done");
            assertThat(row("db")).contains("in force");
            web.ask(first.tag());

            Files.writeString(shared, RULES.formatted(3302));
            browser.awaitText("rollout", "serial 2: running").awaitValue(isStep(2));
            assertThat(row("db")).contains("2", "in force");
            awaitOwn(3302);

            browser.click("fleet-halt").click("dialog-yes").awaitText("rollout", "serial 2: halted");
            browser.awaitText("rollout", "by alice (key writer), in the console");
            browser.click("fleet-resume").awaitText("rollout", "serial 2: running");
        }
    }

    private void refuseIt() throws IOException {
        try (HostConnection web = HostConnection.open(host, token)) {
            Pointer next = web.pointer("none");
            assertThat(next.serial()).isEqualTo(2);
            tell(web, 2, Result.REFUSED, WHY);
        }
    }

    private static void tell(HostConnection web, long serial, Result result, String why) throws IOException {
        var report = new HostReport(result, serial, 0, "", why, OptionalLong.empty(), OptionalLong.empty(), "test");
        web.tell("/v1/report", report.bytes());
    }

    private static String isStep(int number) {
        return "document.querySelector('.steps [aria-current=step]')?.textContent === '" + number + "'";
    }

    /** Waits until the whole host has a revision that opens this port. */
    private void awaitOwn(int port) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(own).hasContent(RULES.formatted(port)));
    }

    private String row(String name) {
        return browser.texts("host").stream()
                .filter(text -> text.startsWith(name))
                .findFirst()
                .orElse("");
    }
}
