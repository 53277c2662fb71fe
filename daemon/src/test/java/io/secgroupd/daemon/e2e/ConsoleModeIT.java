package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.secgroupd.daemon.testkit.Browser;
import io.secgroupd.daemon.testkit.ConsolePage;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console says who only observes, wherever that decides what becomes of a packet. */
@NetnsTest
class ConsoleModeIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-db: { inbound: [{ protocol: tcp, ports: 3306, source: 10.0.0.0/8 }] } }
            instances:
              db-1: { addresses: [10.0.2.10], security_groups: [sg-db], mode: observe }
              db-2: { addresses: [10.0.2.11], security_groups: [sg-db] }
            clusters:
              stock: { security_groups: [sg-db], mode: observe, instances: { stock-1: { addresses: [10.0.3.10] } } }
            """;

    @AutoClose
    private final NetworkNamespace host = NetworkNamespace.create("console-mode");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whoObservesIsShownAmongTheInstancesAndInAnAnswer() throws Exception {
        assumeThat(Browser.isInstalled())
                .as("needs a browser: install the packages chromium and chromium-driver")
                .isTrue();
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        Files.writeString(directory.resolve(host.name() + ".yaml"), "");
        ControlServerProcess.start(host, rules, directory);
        Browser browser = Browser.in(host, directory);
        ConsolePage.enter(browser, directory, "");

        browser.click("nav-instances").awaitText("instance", "db-1");
        assertThat(browser.texts("instance"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("db-1", "observes"),
                        one -> assertThat(one).contains("db-2").doesNotContain("observes"),
                        one -> assertThat(one).contains("stock-1", "observes"));
        browser.click("machines-clusters").awaitText("cluster", "observes");

        browser.click("nav-why").type("why-text", "198.51.100.7 -> db-1 tcp 22").click("why-ask");
        browser.awaitText("why-answer", "Refused").awaitText("why-answer", "let in all the same");
        browser.type("why-text", "198.51.100.7 -> db-2 tcp 22").click("why-ask").awaitText("why-answer", "db-2");
        assertThat(browser.texts("why-answer")).noneMatch(answer -> answer.contains("let in"));
        assertThat(browser.complaints()).isEmpty();
    }
}
