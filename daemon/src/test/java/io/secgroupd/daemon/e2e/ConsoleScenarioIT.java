package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.testkit.Network.APP_1;
import static io.secgroupd.daemon.testkit.Network.CLIENT;
import static io.secgroupd.daemon.testkit.Network.ORDERS_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.Browser;
import io.secgroupd.daemon.testkit.ConsolePage;
import io.secgroupd.daemon.testkit.ControlServerProcess;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The database is opened for the application, and for nobody else, by clicks alone: from an empty file to packets that are
 * judged. Each step goes on where the one before it has ended.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleScenarioIT {

    private static final String TO_ORDERS = "10.0.2.10";
    private static final String NOBODY_ELSE = """
            tests:
              - { name: nobody else, from: 198.51.100.7, to: orders, protocol: tcp, port: 3306, expect: deny }
            """;

    private final Network network = Network.ofTheScenario();
    private final NetworkNamespace orders = network.host(ORDERS_1);
    private final TcpClient app = TcpClient.in(network.host(APP_1));
    private final TcpClient stranger = TcpClient.in(network.host(CLIENT));

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private Browser browser;

    @SuppressWarnings("NullAway.Init")
    private ConsolePage page;

    @BeforeAll
    void openTheConsole(@TempDir Path files) throws IOException, InterruptedException {
        assumeThat(Browser.isInstalled())
                .as("needs a browser: install the packages chromium and chromium-driver")
                .isTrue();
        directory = files;
        rules = Files.createFile(directory.resolve("rules.yaml"));
        Path socket = directory.resolve(orders.name() + ".sock"); // the daemon will be there
        Files.writeString(directory.resolve(orders.name() + ".yaml"), "admin: { socket: " + socket + " }\n");
        TcpService.listen(orders, 3306);
        ControlServerProcess.start(orders, rules, directory);
        browser = Browser.in(orders, directory);
        page = ConsolePage.enter(browser, directory, "");
    }

    @AfterAll
    void removeTheNetwork() {
        network.close();
    }

    @Test
    @Order(1)
    void groupsInstancesAndAClusterAreMadeInAnEmptyFile() throws IOException {
        page.newGroup("sg-app", "application").newGroup("sg-orders", "orders-db");
        page.newRule("sg-orders", "tcp", "3306", "sg-app");
        page.newInstance("app-1", "10.0.1.10", "sg-app").newInstance("orders-1", TO_ORDERS);
        page.newCluster("orders", "sg-orders", "orders-1");

        browser.click("nav-draft").awaitText("meaning", "orders-1");
        page.picture("draft").apply("the first policy", 0);

        assertThat(rules).content().contains("sg-orders", "application", "orders-1");
        startTheDaemon();
        app.assertOpen(TO_ORDERS, 3306);
        stranger.assertShut(TO_ORDERS, 3306);
    }

    private void startTheDaemon() {
        RunningDaemon.start(orders, rules, directory, "control: { group: root }");
        AdminSocket.await(orders, directory);
    }

    @Test
    @Order(2)
    void aFlowThatIsRefusedIsShownAtOnceWithItsReason() {
        browser.click("nav-flows").awaitText("view-flows", "Flows");

        page.awaitFlow("198.51.100.7", () -> stranger.assertShut(TO_ORDERS, 3306))
                .awaitFlow("10.0.1.10", () -> app.assertOpen(TO_ORDERS, 3306));

        page.picture("flows").filterFlows("198.51.100.7");
        browser.click("flow-why").awaitText("why-nearest", "3306").awaitText("why-nearest", "differs in source");
        page.picture("flows-why");
    }

    @Test
    @Order(3)
    void aLineAsksWhy() {
        browser.click("nav-why").type("why-text", "app-1 -> orders tcp 3306").click("why-ask");
        browser.awaitText("why-answer", "Accepted");
        page.picture("why");

        browser.type("why-text", "198.51.100.7 -> orders-1 tcp 3306").click("why-ask");
        browser.awaitText("why-answer", "Refused").awaitText("why-nearest", "sg-app");
    }

    @Test
    @Order(4)
    void theRuleThatWouldAllowItIsTriedAndTakenBack() {
        browser.click("why-remedy").click("nav-draft").awaitText("meaning-flow", "198.51.100.7");
        browser.click("draft-tab-replay").click("replay").awaitText("replay-result", "flows judged");
        page.picture("draft-replay");
        page.apply("let one in", 60);

        browser.awaitText("trial", "Confirm");
        stranger.assertOpen(TO_ORDERS, 3306);
        page.picture("trial");
        // The trial is over a moment before the daemon has the former policy; this is told when it has.
        browser.click("trial-takeback")
                .awaitText("toast", "The policy is taken back.")
                .awaitGone("trial");
        stranger.assertShut(TO_ORDERS, 3306);
        browser.click("nav-history").awaitText("revision", "let one in");
        page.picture("history");
    }

    @Test
    @Order(5)
    void aChangeThatATestForbidsIsRefusedWithTheWordsOfTheReader() throws IOException {
        page.awaitEdit(() -> Files.writeString(rules, NOBODY_ELSE, StandardOpenOption.APPEND));

        page.fillRule("sg-orders", "tcp", "3306", "198.51.100.7/32");
        browser.awaitText("problem", "\"nobody else\": expected deny");

        assertThat(browser.value("document.querySelector('[data-test=form-add]').disabled"))
                .isEqualTo(true);
        page.picture("refused");
        browser.click("form-cancel");
        stranger.assertShut(TO_ORDERS, 3306);
    }

    @Test
    @Order(6)
    void theMapShowsWhatIsAllowedAndWhatHappened() {
        browser.click("nav-map");

        browser.awaitValue(
                "document.querySelector(\"[data-test=edge][data-from='sg-app'][data-to='sg-orders']\") !== null");
        page.picture("map");
        for (String view : new String[] {"groups", "lists", "instances", "rules", "hosts", "history", "why", "flows"}) {
            browser.click("nav-" + view).awaitText("view-" + view, "");
            page.picture(view);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    @Order(7)
    void aRuleThatWasOpenedForAWhileSaysUntilWhen() throws IOException {
        String config = directory.resolve(orders.name() + ".yaml").toString();
        page.awaitEdit(() -> orders.run(
                RunningDaemon.PROGRAM.toString(),
                "open",
                "--config",
                config,
                "--rules",
                rules.toString(),
                "sg-orders",
                "tcp",
                "22",
                "--from",
                "203.0.113.7",
                "--for",
                "1h"));

        browser.click("nav-groups").click("item", "sg-orders").awaitText("rules-ingress", "until ");
        browser.click("nav-rules").awaitText("view-rules", "until ");
    }
}
