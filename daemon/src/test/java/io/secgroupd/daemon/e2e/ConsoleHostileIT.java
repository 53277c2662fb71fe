package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Browser;
import io.secgroupd.daemon.testkit.ConsolePage;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.DecisionLine;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.daemon.testkit.HostileTexts;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Names and descriptions that want to be more than texts are shown by the console, and never run. */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleHostileIT {

    private static final String HOST = "10.1.1.1";
    private static final String CLIENT = "10.0.1.7";

    private final Network network = new Network();
    private final NetworkNamespace host = network.addHost("hostile", HOST, "2001:db8:1::1");
    private final TcpClient client = TcpClient.in(network.addHost("client", CLIENT, "2001:db8:2::7"));

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @SuppressWarnings("NullAway.Init")
    private ConsolePage page;

    @SuppressWarnings("NullAway.Init")
    private Path flows;

    @BeforeAll
    void openTheConsole(@TempDir Path directory) throws IOException, InterruptedException {
        assumeThat(Browser.isInstalled())
                .as("needs a browser: install the packages chromium and chromium-driver")
                .isTrue();
        Path rules = Files.writeString(directory.resolve("rules.yaml"), policy(HostileTexts.ALL));
        flows = directory.resolve(host.name() + "-flows.log");
        TcpService.listen(host, 1);
        RunningDaemon.start(host, rules, directory, "control: { group: root }");
        AdminSocket.await(host, directory);
        ControlServerProcess.start(host, rules, directory);
        browser = Browser.in(host, directory);
        page = ConsolePage.enter(browser, directory, "");
    }

    @AfterAll
    void removeTheNetwork() {
        network.close();
    }

    /** A group for each text, which is its name, its description, and that of its rule and of a list. */
    private static String policy(List<String> texts) {
        return "version: 1\nsecurity_groups:\n" + each(texts, """
                  sg-%1$02d:
                    name: %2$s
                    description: %2$s
                    inbound: [ { protocol: tcp, ports: %1$d, source: pl-%1$02d, description: %2$s } ]
                """) + "prefix_lists:\n" + each(texts, """
                  pl-%1$02d: { name: %2$s, entries: [ { cidr: 10.0.%1$d.0/24, description: %2$s } ] }
                """)
                + "instances:\n" + each(texts, """
                  i-%1$02d: { addresses: [ 10.1.%1$d.1 ], security_groups: [ sg-%1$02d ] }
                """);
    }

    private static String each(List<String> texts, String form) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> form.formatted(i + 1, "'" + texts.get(i).replace("'", "''") + "'"))
                .collect(Collectors.joining());
    }

    @Test
    void everyViewShowsThemAsTheyAreWrittenAndNoneRuns() {
        for (String view :
                List.of("map", "flows", "why", "groups", "lists", "instances", "rules", "hosts", "history")) {
            browser.click("nav-" + view).awaitText("view-" + view, "");
        }
        browser.click("nav-groups");
        for (int i = 1; i <= HostileTexts.ALL.size(); i++) {
            browser.click("item", "sg-%02d".formatted(i)).awaitText("view-groups", HostileTexts.ALL.get(i - 1));
        }
        browser.click("nav-lists").awaitText("view-lists", HostileTexts.ALL.get(0));
        browser.click("nav-rules").awaitText("rule", HostileTexts.ALL.get(0));

        assertThat(HostileTexts.ALL).hasSize(50);
        assertNothingRan();
    }

    /** The first group is that of the host, and lets the client in. */
    @Test
    void aRealFlowIsShownWithTheHostileNameOfItsGroup() {
        browser.click("nav-flows").awaitText("view-flows", "Flows");

        page.awaitFlow(CLIENT, () -> client.assertOpen(HOST, 1));

        browser.awaitText("flow-group", HostileTexts.ALL.get(0))
                .click("flow-why")
                .awaitText("panel", "pl-01");
        assertNothingRan();
    }

    /** Whoever may write the file may write anything into it; the daemon reads it for the console all the same. */
    @Test
    void hostileLinesInTheFlowLogOfTheDaemonAreReadAndTold() throws IOException {
        client.assertOpen(HOST, 1);
        await().until(() -> !FlowLogFiles.linesOf(flows).isEmpty());
        for (String text : HostileTexts.ALL) {
            DecisionLine line = DecisionLine.accept().at(Instant.now());
            for (String field : List.of("instance", "group", "rule", "in")) {
                line = line.with(field, text);
            }
            Files.writeString(flows, line.json() + text + "\n", StandardOpenOption.APPEND);
        }

        page.newGroup("sg-new", HostileTexts.ALL.get(0));
        browser.click("nav-draft").click("draft-tab-replay").click("replay");

        browser.awaitValue("Number(document.querySelector('[data-test=replay-result] b')?.textContent) > 50");
        assertNothingRan();
    }

    private void assertNothingRan() {
        assertThat(browser.value("window.hacked")).isNull();
        assertThat(browser.value("document.title")).isEqualTo(browser.value("document.title.replace('<', '')"));
        assertThat(browser.value("document.querySelectorAll('iframe, object, embed, base, form[action]').length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }
}
