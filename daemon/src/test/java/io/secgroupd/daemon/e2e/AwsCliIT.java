package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.testkit.Network.APP_1;
import static io.secgroupd.daemon.testkit.Network.CLIENT;
import static io.secgroupd.daemon.testkit.Network.ORDERS_1;
import static io.secgroupd.daemon.testkit.Network.ORDERS_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.AwsCli;
import io.secgroupd.daemon.testkit.ControlServerProcess;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.Script;
import io.secgroupd.daemon.testkit.Tally;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * The database is opened for the application by the AWS command line alone, step after step. Each command has returned before
 * the next packet is sent, and nothing waits in between: a change is in force when it is answered.
 */
@NetnsTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AwsCliIT {

    private static final String ENDPOINT = " --endpoint-url http://127.0.0.1:9471";
    private static final String ASSOCIATE = "aws rds modify-db-cluster --db-cluster-identifier orders"
            + " --vpc-security-group-ids sg-6789rdsexample --endpoint-url http://127.0.0.1:9471";
    private static final String RULES = """
            # Who reaches the orders.
            version: 1
            security_groups:
              sg-6789rdsexample: { name: orders-db, inbound: [], outbound: [] }
              sg-operators:
                inbound:
                  - { protocol: tcp, ports: 22, source: 10.0.1.10 }
            instances:
              app-1: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [] }
            clusters:
              orders:
                security_groups: [sg-operators] # every instance has exactly these
                instances:
                  orders-1: { addresses: [10.0.2.10, "2001:db8:2::10"] }
                  orders-2: { addresses: [10.0.2.11, "2001:db8:2::11"] }
            tests:
              - { name: the internet stays out, from: 198.51.100.7, to: orders, protocol: tcp, port: 3306, expect: deny }
            """;

    private static final String TO_ORDERS = "10.0.2.10";

    private final Network network = Network.ofTheScenario();
    private final NetworkNamespace orders = network.host(ORDERS_1);
    private final TcpClient app = TcpClient.in(network.host(APP_1));
    private final TcpClient stranger = TcpClient.in(network.host(CLIENT));

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @SuppressWarnings("NullAway.Init")
    private RunningDaemon daemon;

    @SuppressWarnings("NullAway.Init")
    private ControlServerProcess server;

    @SuppressWarnings("NullAway.Init")
    private String appGroup;

    @BeforeAll
    void makeTheGroups(@TempDir Path files) throws IOException, InterruptedException {
        assumeThat(AwsCli.isInstalled())
                .as("needs aws: install the package awscli")
                .isTrue();
        directory = files;
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        for (String host : List.of(ORDERS_1, ORDERS_2)) {
            TcpService.listen(network.host(host), 22);
            TcpService.listen(network.host(host), 3306);
        }
        daemon = RunningDaemon.start(orders, rules, directory, "control: { group: root }");
        AdminSocket.await(orders, directory);
        RunningDaemon.start(network.host(ORDERS_2), rules, directory.resolve(ORDERS_2));
        server = ControlServerProcess.start(orders, rules, directory);

        appGroup = done("aws ec2 create-security-group --group-name app --description Application"
                        + " --query GroupId --output text" + ENDPOINT)
                .strip();
        done("aws ec2 modify-instance-attribute --instance-id i-app-1 --groups " + appGroup + ENDPOINT);
        done("aws ec2 authorize-security-group-ingress --group-id sg-6789rdsexample --protocol tcp --port 3306"
                + " --source-group " + appGroup + ENDPOINT);
    }

    @AfterAll
    void removeTheNetwork() {
        network.close();
    }

    @Test
    @Order(1)
    void nobodyWhoIsConnectedIsLockedOut() throws IOException, InterruptedException {
        try (TcpConnection session = app.connect(TO_ORDERS, 22)) {
            assertRefused(
                    "writer", ASSOCIATE, "OperationNotPermitted", "lock you out", "10.0.1.10 -> 10.0.2.10 port 22");

            assertThat(session.echo("still here")).isEqualTo("still here");
        }
    }

    @Test
    @Order(2)
    void theFirstSynAfterTheCommandIsJudgedByTheNewGroup() throws IOException, InterruptedException {
        Tally before = Tally.of(orders, daemon);
        app.assertShut(TO_ORDERS, 3306);
        before.assertDecisions("ingress REJECT no-matching-rule 1");

        String answer = done(ASSOCIATE);

        Tally after = Tally.of(orders, daemon);
        app.assertOpen(TO_ORDERS, 3306);
        stranger.assertShut(TO_ORDERS, 3306);
        after.assertDecisions("ingress ACCEPT rule 1", "ingress REJECT no-matching-rule 1");
        assertThat(answer).contains("sg-6789rdsexample").doesNotContain("sg-operators");
        assertThat(rules)
                .content()
                .contains("    security_groups: [sg-6789rdsexample] # every instance has exactly these\n");
        // The other host reads the same file by itself: its SYN may be repeated until it has.
        TcpClient.in(network.host(APP_1)).assertOpen("10.0.2.11", 3306);
        stranger.assertShut("10.0.2.11", 3306);
    }

    @Order(3)
    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(textBlock = """
            writer, --protocol tcp --port 3306 --cidr 0.0.0.0/0,             OperationNotPermitted, the internet stays out
            writer, --protocol tcp --port 443 --cidr 203.0.113.0/24 --dry-run, DryRunOperation,     would have succeeded
            reader, --protocol tcp --port 443 --cidr 203.0.113.0/24,          UnauthorizedOperation, not authorized
            """)
    void whatIsRefusedChangesNothing(String key, String rule, String code, String why)
            throws IOException, InterruptedException {
        assertRefused(
                key,
                "aws ec2 authorize-security-group-ingress --group-id sg-6789rdsexample " + rule + ENDPOINT,
                code,
                why);
    }

    @Test
    @Order(4)
    void theFirstSynAfterTheRuleIsGoneIsRefused() throws IOException, InterruptedException {
        done("aws ec2 revoke-security-group-ingress --group-id sg-6789rdsexample --protocol tcp --port 3306"
                + " --source-group " + appGroup + ENDPOINT);

        Tally after = Tally.of(orders, daemon);
        app.assertShut(TO_ORDERS, 3306);
        after.assertDecisions("ingress REJECT no-matching-rule 1");
    }

    @Test
    @Order(5)
    void theLogSaysWhoChangedWhatAndHoldsNoSecret() throws IOException {
        List<String> credentials = Files.readAllLines(directory.resolve(".aws/credentials"));
        String writer = value(credentials.get(1), "aws_access_key_id");
        String reader = value(credentials.get(4), "aws_access_key_id");

        assertThat(server.log().lines())
                .filteredOn(line -> line.contains("api.write "))
                .hasSize(9)
                .anyMatch(line ->
                        line.contains("key=" + writer + " name=writer action=ModifyDBCluster target=orders result=ok "))
                .anyMatch(line -> line.contains("key=" + writer
                        + " name=writer action=ModifyDBCluster target=orders result=OperationNotPermitted "))
                .anyMatch(line -> line.contains("key=" + reader + " name=reader action=AuthorizeSecurityGroupIngress ")
                        && line.contains(" result=UnauthorizedOperation "));
        assertThat(server.log())
                .doesNotContain(value(credentials.get(2), "aws_secret_access_key"))
                .doesNotContain(value(credentials.get(5), "aws_secret_access_key"));
    }

    private static String value(String line, String name) {
        assertThat(line).matches(name + " = \\S{20,}");
        return line.substring(name.length() + 3);
    }

    private String done(String line) throws IOException, InterruptedException {
        Script run = run("writer", line);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    /** 254 is the exit code for an answer that is an error; older ones have 255. */
    private void assertRefused(String key, String line, String... words) throws IOException, InterruptedException {
        byte[] before = Files.readAllBytes(rules);

        Script run = run(key, line);

        assertThat(run.exitCode()).as(run.err()).isIn(254, 255);
        assertThat(run.err()).contains(words);
        assertThat(rules).hasBinaryContent(before);
    }

    private Script run(String key, String line) throws IOException, InterruptedException {
        return new AwsCli(orders, directory).run(key, line);
    }
}
