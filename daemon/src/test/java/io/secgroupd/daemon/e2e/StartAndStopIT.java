package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot start says why and installs nothing; what ends leaves running connections alone and the door closed. */
@NetnsTest
class StartAndStopIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound:
                  - { protocol: tcp, ports: 80, source: any }
            instances:
              web: { addresses: [10.0.1.10], security_groups: [sg-web] }
            """;

    /** Covers the programs behind every name of iptables, and nft, for one process and its children. */
    private static final String[] WITHOUT_NETFILTER_TOOLS = {
        "unshare",
        "--mount",
        "sh",
        "-c",
        "for tool in xtables-nft-multi xtables-legacy-multi nft; do mount --bind /dev/null $(command -v $tool); done;"
                + " exec \"$@\"",
        "sh"
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @BeforeEach
    void listen() {
        TcpService.listen(server, 80);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void aBrokenFileIsAnsweredWithEveryProblem() throws IOException {
        RunningDaemon daemon = launch(RULES.replace("tcp", "tpc").replace("[sg-web]", "[sg-wev]"));

        assertThat(daemon.awaitExit()).isEqualTo(1);
        assertThat(daemon.log())
                .contains("rules.yaml:5:")
                .contains("tpc")
                .contains("rules.yaml:7:")
                .contains("sg-web");
        assertNothingInstalled();
    }

    @Test
    void aHostThatCarriesNoInstanceIsToldItsAddresses() throws IOException {
        RunningDaemon daemon = launch(RULES.replace("10.0.1.10", "10.0.1.11"));

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log())
                .contains("carries no instance")
                .contains("10.0.1.10")
                .contains("2001:db8:1::10");
        assertNothingInstalled();
    }

    @Test
    void aMissingFileIsNamed() {
        RunningDaemon daemon = RunningDaemon.launch(server, List.of(), directory.resolve("none.yaml"), directory);

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("none.yaml does not exist");
        assertNothingInstalled();
    }

    @Test
    void withoutTheCapabilityItSaysSo() throws IOException {
        RunningDaemon daemon = launch(RULES, "setpriv", "--bounding-set=-net_admin", "--inh-caps=-all");

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("CAP_NET_ADMIN");
        assertNothingInstalled();
    }

    @Test
    void aQueueOfAnotherProcessIsLeftAloneAndItsOwnerNamed() throws IOException {
        RunningDaemon first = launch(RULES).awaitLog("daemon.ready");
        String before = server.run("iptables-save", "-t", "mangle");

        RunningDaemon second = launch(RULES);

        assertThat(second.awaitExit()).isEqualTo(3);
        assertThat(second.log()).contains("queue 4700 is owned by process " + first.pid());
        assertThat(rulesOf(server.run("iptables-save", "-t", "mangle"))).isEqualTo(rulesOf(before));
        TcpClient.in(client).assertOpen("10.0.1.10", 80);
    }

    @Test
    void aMissingProgramIsNamed() throws IOException {
        RunningDaemon daemon = launch(RULES, WITHOUT_NETFILTER_TOOLS);

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("iptables");
        assertNothingInstalled();
    }

    @Test
    void sigtermEndsItCleanlyAndKeepsTheDoorClosed() throws IOException {
        RunningDaemon daemon = launch(RULES).awaitLog("daemon.ready");
        TcpConnection running = TcpClient.in(client).connect("10.0.1.10", 80);

        assertThat(daemon.stop()).isZero();

        assertThat(daemon.log()).contains("daemon.stopped").contains("secgroupd hooks remove");
        TcpClient.in(client).assertShut("10.0.1.10", 80);
        assertThat(running.echo("still here")).isEqualTo("still here");
    }

    @Test
    void aKilledDaemonLeavesNewConnectionsClosedAndRunningOnesAlive() throws IOException {
        RunningDaemon daemon = launch(RULES).awaitLog("daemon.ready");
        TcpConnection running = TcpClient.in(client).connect("10.0.1.10", 80);

        daemon.kill();

        TcpClient.in(client).assertShut("10.0.1.10", 80);
        assertThat(running.echo("still here")).isEqualTo("still here");

        launch(RULES).awaitLog("daemon.ready");
        TcpClient.in(client).assertOpen("10.0.1.10", 80);
        assertThat(running.echo("still here")).isEqualTo("still here");
    }

    @Test
    void onStopRemoveOpensTheHost() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES.replace("80", "81"));
        RunningDaemon daemon = RunningDaemon.start(server, rules, directory, "on: { stop: remove }");
        TcpClient.in(client).assertShut("10.0.1.10", 80);

        assertThat(daemon.stop()).isZero();

        TcpClient.in(client).assertOpen("10.0.1.10", 80);
        assertNothingInstalled();
    }

    @Test
    void aStopInTheMiddleOfTheStartLeavesTheHostAsTheSettingsSay() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
        Path tools = Files.createDirectory(directory.resolve("tools"));
        Path installed = directory.resolve("installed");
        Path goOn = directory.resolve("go-on");
        Path tool = Files.writeString(tools.resolve("ip6tables-restore"), """
                #!/bin/sh
                /usr/sbin/ip6tables-restore "$@"
                : >%s
                until [ -e %s ]; do sleep 0.01; done
                """.formatted(installed, goOn));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        RunningDaemon daemon = RunningDaemon.launch(
                server, List.of("env", "PATH=" + tools + ":/usr/bin:/bin"), rules, directory, "on: { stop: remove }");
        await().until(() -> Files.exists(installed));

        daemon.signal("TERM");
        Files.createFile(goOn);

        assertThat(daemon.awaitExit()).isZero();
        assertNothingInstalled();
    }

    private RunningDaemon launch(String rules, String... wrapper) throws IOException {
        Path file = Files.writeString(directory.resolve("rules.yaml"), rules);
        return RunningDaemon.launch(server, List.of(wrapper), file, directory);
    }

    private void assertNothingInstalled() {
        for (String save : List.of("iptables-save", "ip6tables-save")) {
            assertThat(server.run(save)).doesNotContainIgnoringCase("secgroupd").doesNotContain("NFQUEUE");
        }
    }

    /** Without the comments, which hold the time. */
    private static String rulesOf(String save) {
        return save.replaceAll("(?m)^#.*\\n", "").replaceAll("\\[\\d+:\\d+]", "");
    }
}
