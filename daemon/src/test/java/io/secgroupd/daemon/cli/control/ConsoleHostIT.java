package io.secgroupd.daemon.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.controlplane.console.api.ApiCall;
import io.secgroupd.controlplane.console.api.ApiReply;
import io.secgroupd.controlplane.console.api.ConsoleUser;
import io.secgroupd.controlplane.console.api.JsonObject;
import io.secgroupd.controlplane.console.traffic.HostTraffic;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.directory.DirectoryStore;
import io.secgroupd.daemon.testkit.AdminSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page of the console sees of a real daemon and of real traffic. */
@NetnsTest
class ConsoleHostIT {

    private static final String SERVER = "10.0.1.10";
    private static final String RULES = """
            version: 1
            security_groups:
              sg-client: {}
              sg-web: {inbound: [{protocol: tcp, ports: 80, source: sg-client}]}
            instances:
              web: {addresses: [10.0.1.10], security_groups: [sg-web]}
              client: {addresses: [198.51.100.7], security_groups: [sg-client]}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", SERVER, "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private PolicyStore store;

    @SuppressWarnings("NullAway.Init")
    private HostTraffic traffic;

    @BeforeEach
    void start() throws IOException {
        TcpService.listen(server, 80);
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        RunningDaemon.start(server, rules, directory, "control: { group: tty }");
        AdminSocket.await(server, directory);
        Path socket = directory.resolve("control.sock");
        await().until(() -> Files.exists(socket));
        store = new DirectoryStore(rules, directory.resolve("state"), Clock.systemUTC());
        traffic = new HostTraffic(
                new HostOfConsole(socket), store, (base, changes) -> Optional.of(withoutPort80()), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        traffic.close();
        store.close();
        network.close();
    }

    @Test
    void aPageSeesFlowsRefusalsAndWhatADraftWouldHaveRefused() throws IOException {
        CompletableFuture<ApiReply> flows =
                Objects.requireNonNull(traffic.waiting().get("GET flows")).answer(call(Map.of("after", "0"), "{}"));
        await().until(() -> {
            TcpClient.in(client).assertOpen(SERVER, 80);
            return flows.isDone(); // the log is followed from some moment on
        });
        assertThat(object(flows.join()).objects("flows").get(0).text("verdict")).isEqualTo("ACCEPT");

        TcpClient.in(client).assertShut(SERVER, 22);

        await().untilAsserted(() -> assertThat(answer("GET use", "{}").objects("refused"))
                .anySatisfy(pair -> assertThat(pair.text("from") + " " + pair.text("to") + " " + pair.text("service"))
                        .isEqualTo("sg-client sg-web tcp 22")));
        assertThat(answer("GET use", "{}").objects("rules"))
                .anySatisfy(rule -> assertThat(rule.number("hits").orElse(0)).isPositive());

        await().untilAsserted(() -> {
            JsonObject replay = answer("POST replay", "{\"base\":\"x\",\"changes\":[]}");
            assertThat(replay.number("now_refused").orElse(0)).isPositive();
            assertThat(replay.objects("rows"))
                    .anySatisfy(row -> assertThat(row.text("from") + " " + row.text("to") + " " + row.text("port") + " "
                                    + row.text("after"))
                            .isEqualTo("client web 80 REJECT"));
        });
    }

    private PolicyFiles withoutPort80() throws IOException {
        PolicyFiles files = store.current().files();
        return files.with(
                Map.of(files.first(), RULES.replace("ports: 80", "ports: 81").getBytes(UTF_8)));
    }

    private JsonObject answer(String what, String body) throws IOException {
        return object(Objects.requireNonNull(traffic.handlers().get(what)).answer(call(Map.of(), body)));
    }

    private static ApiCall call(Map<String, String> query, String body) {
        return new ApiCall(
                new ConsoleUser("ann", true), query, JsonObject.parse(body.getBytes(UTF_8)), Optional.empty());
    }

    private static JsonObject object(ApiReply reply) {
        return JsonObject.parse(reply.json());
    }
}
