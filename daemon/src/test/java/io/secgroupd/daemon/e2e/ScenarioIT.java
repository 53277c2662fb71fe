package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.testkit.Network.APP_1;
import static io.secgroupd.daemon.testkit.Network.CLIENT;
import static io.secgroupd.daemon.testkit.Network.ORDERS_1;
import static io.secgroupd.daemon.testkit.Network.ORDERS_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.FlowLine;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The shipped example file scenario.yaml as a network: a client, an application, two databases; a daemon on each of the
 * last three hosts judges by that file.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenarioIT {

    private static final List<String> HOSTS = List.of(APP_1, ORDERS_1, ORDERS_2);

    private static final Map<String, List<String>> ADDRESSES = Map.of(
            CLIENT, List.of("198.51.100.7", "2001:db8:ffff::7"),
            APP_1, List.of("10.0.1.10", "2001:db8:1::10"),
            ORDERS_1, List.of("10.0.2.10", "2001:db8:2::10"),
            ORDERS_2, List.of("10.0.2.11", "2001:db8:2::11"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path directory;

    private final Network network = Network.ofTheScenario();
    private final Map<String, RunningDaemon> daemons = new HashMap<>();

    @BeforeAll
    void startServicesAndDaemons() throws IOException {
        Files.copy(Path.of("../rules/examples/scenario.yaml"), directory.resolve("rules.yaml"));
        for (String host : HOSTS) {
            for (int port : new int[] {22, 443, 3306}) {
                TcpService.listen(network.host(host), port);
            }
            daemons.put(host, RunningDaemon.start(network.host(host), directory.resolve("rules.yaml"), directory));
        }
    }

    @AfterAll
    void removeTheNetwork() {
        network.close();
    }

    @Order(1)
    @ParameterizedTest(name = "{0} -> {1} port {2}: {3}")
    @CsvSource(textBlock = """
            # from,    to,       port, outcome,   judged by, direction, reason
            client,    app-1,    443,  CONNECTED, app-1,    ingress, rule
            client,    app-1,    22,   TIMED_OUT, app-1,    ingress, no-matching-rule
            app-1,     orders-1, 3306, CONNECTED, orders-1, ingress, rule
            app-1,     orders-2, 3306, CONNECTED, orders-2, ingress, rule
            client,    orders-1, 3306, TIMED_OUT, orders-1, ingress, no-matching-rule
            app-1,     orders-1, 22,   TIMED_OUT, orders-1, ingress, no-matching-rule
            orders-1,  app-1,    443,  TIMED_OUT, orders-1, egress,  no-matching-rule
            orders-1,  orders-2, 3306, TIMED_OUT, orders-1, egress,  no-matching-rule
            """)
    void everyLineOfTheScenario(
            String from, String to, int port, Attempt outcome, String judge, String direction, String reason) {
        for (int family = 0; family < 2; family++) {
            String source = addressOf(from, family);

            assertAttempt(outcome, from, to, port, family);

            FlowLine line = daemon(judge).awaitFlow(source, port);
            assertThat(line.text("verdict")).isEqualTo(outcome == Attempt.CONNECTED ? "ACCEPT" : "REJECT");
            assertThat(line.text("direction")).isEqualTo(direction);
            assertThat(line.text("reason")).isEqualTo(reason);
            assertThat(line.text("instance")).isEqualTo(judge);
            assertThat(line.text("dst")).isEqualTo(addressOf(to, family));
        }
    }

    @Test
    @Order(2)
    void theLogNamesTheRuleAndItsGroup() {
        assertAttempt(Attempt.CONNECTED, APP_1, ORDERS_1, 3306, 0);

        FlowLine line = daemon(ORDERS_1).awaitFlow("10.0.1.10", 3306);

        assertThat(line.text("group")).isEqualTo("sg-6789rdsexample");
        assertThat(line.text("rule")).startsWith("sgr-");
        assertThat(line.fields().keySet())
                .containsExactly(
                        "time",
                        "seq",
                        "start",
                        "host",
                        "verdict",
                        "reason",
                        "direction",
                        "instance",
                        "group",
                        "rule",
                        "protocol",
                        "src",
                        "sport",
                        "dst",
                        "dport",
                        "icmp_type",
                        "icmp_code",
                        "tcp_flags",
                        "in",
                        "generation",
                        "packets",
                        "first",
                        "last");
    }

    @Test
    @Order(3)
    void theSequenceHasNoGap() {
        List<FlowLine> lines = daemon(ORDERS_1).flows();

        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).number("seq")).isEqualTo(i + 1);
        }
    }

    @Test
    @Order(4)
    void anotherGroupForTheClusterChangesBothInstancesAndLeavesRunningConnections() throws IOException {
        TcpConnection toFirst = TcpClient.in(network.host(APP_1)).connect("10.0.2.10", 3306);
        TcpConnection toSecond = TcpClient.in(network.host(APP_1)).connect("2001:db8:2::11", 3306);

        replaceRules(rules -> rules.replace("security_groups: [sg-6789rdsexample]", "security_groups: [sg-maintenance]")
                .replace("\ninstances:", """

                          sg-maintenance:
                            inbound:
                              - { protocol: tcp, ports: 22, source: sg-0123ec2example }
                            outbound: []

                        instances:""")
                .replaceAll("(?s)\ntests:.*", "\n"));

        for (String orders : List.of(ORDERS_1, ORDERS_2)) {
            daemon(orders).awaitGeneration(2);
            assertAttempt(Attempt.TIMED_OUT, APP_1, orders, 3306, 0);
            assertAttempt(Attempt.CONNECTED, APP_1, orders, 22, 1);
            // An earlier test has asked port 22 too, under the first generation.
            await().until(() ->
                    daemon(orders).awaitFlow(addressOf(APP_1, 1), 22).number("generation") == 2);
        }
        assertThat(toFirst.echo("still here")).isEqualTo("still here");
        assertThat(toSecond.echo("still here")).isEqualTo("still here");
    }

    private RunningDaemon daemon(String host) {
        return Objects.requireNonNull(daemons.get(host), host);
    }

    private static String addressOf(String host, int family) {
        return ADDRESSES.getOrDefault(host, List.of()).get(family);
    }

    private void assertAttempt(Attempt expected, String from, String to, int port, int family) {
        TcpClient client = TcpClient.in(network.host(from));
        if (expected == Attempt.CONNECTED) {
            client.assertOpen(addressOf(to, family), port);
        } else {
            client.assertShut(addressOf(to, family), port);
        }
    }

    private static void replaceRules(UnaryOperator<String> edit) throws IOException {
        Path rules = directory.resolve("rules.yaml");
        Path edited = directory.resolve("rules.yaml.new");
        Files.writeString(edited, edit.apply(Files.readString(rules)));
        Files.move(edited, rules, StandardCopyOption.ATOMIC_MOVE);
    }
}
