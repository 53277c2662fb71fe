package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @BeforeEach
    void listen() {
        TcpService.listen(host.server, 80);
    }

    @Test
    void aBrokenFileIsAnsweredWithEveryProblem() {
        host.rules(RULES.replace("tcp", "tpc").replace("[sg-web]", "[sg-wev]"));
        RunningDaemon daemon = launch();

        assertThat(daemon.awaitExit()).isEqualTo(1);
        assertThat(daemon.log())
                .contains("rules.yaml:5:")
                .contains("tpc")
                .contains("rules.yaml:7:")
                .contains("sg-web");
        assertNothingInstalled();
    }

    @Test
    void aHostThatCarriesNoInstanceIsToldItsAddresses() {
        host.rules(RULES.replace("10.0.1.10", "10.0.1.11"));
        RunningDaemon daemon = launch();

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log())
                .contains("carries no instance")
                .contains("10.0.1.10")
                .contains("2001:db8:1::10");
        assertNothingInstalled();
    }

    @Test
    void aMissingFileIsNamed() {
        RunningDaemon daemon =
                RunningDaemon.launch(host.server, List.of(), host.directory.resolve("none.yaml"), host.directory);

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("none.yaml does not exist");
        assertNothingInstalled();
    }

    @Test
    void withoutTheCapabilityItSaysSo() {
        RunningDaemon daemon = launch("setpriv", "--bounding-set=-net_admin", "--inh-caps=-all");

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("CAP_NET_ADMIN");
        assertNothingInstalled();
    }

    @Test
    void aQueueOfAnotherProcessIsLeftAloneAndItsOwnerNamed() {
        RunningDaemon first = launch().awaitLog("daemon.ready");
        String before = host.server.run("iptables-save", "-t", "mangle");

        RunningDaemon second = launch();

        assertThat(second.awaitExit()).isEqualTo(3);
        assertThat(second.log()).contains("queue 4700 is owned by process " + first.pid());
        assertThat(rulesOf(host.server.run("iptables-save", "-t", "mangle"))).isEqualTo(rulesOf(before));
        host.assertOpen(80);
    }

    @Test
    void aMissingProgramIsNamed() {
        RunningDaemon daemon = launch(WITHOUT_NETFILTER_TOOLS);

        assertThat(daemon.awaitExit()).isEqualTo(3);
        assertThat(daemon.log()).contains("iptables");
        assertNothingInstalled();
    }

    @Test
    void sigtermEndsItCleanlyAndKeepsTheDoorClosed() {
        RunningDaemon daemon = launch().awaitLog("daemon.ready");
        TcpConnection running = host.connect(80);

        assertThat(daemon.stop()).isZero();

        assertThat(daemon.log()).contains("daemon.stopped").contains("secgroupd hooks remove");
        host.assertShut(80);
        assertThat(running.echo("still here")).isEqualTo("still here");
    }

    @Test
    void aKilledDaemonLeavesNewConnectionsClosedAndRunningOnesAlive() {
        RunningDaemon daemon = launch().awaitLog("daemon.ready");
        TcpConnection running = host.connect(80);

        daemon.kill();

        host.assertShut(80);
        assertThat(running.echo("still here")).isEqualTo("still here");

        launch().awaitLog("daemon.ready");
        host.assertOpen(80);
        assertThat(running.echo("still here")).isEqualTo("still here");
    }

    @Test
    void onStopRemoveOpensTheHost() {
        host.rules(RULES.replace("80", "81"));
        RunningDaemon daemon = host.start("on: { stop: remove }");
        host.assertShut(80);

        assertThat(daemon.stop()).isZero();

        host.assertOpen(80);
        assertNothingInstalled();
    }

    @Test
    void aStopInTheMiddleOfTheStartLeavesTheHostAsTheSettingsSay() throws IOException {
        Path tools = Files.createDirectory(host.directory.resolve("tools"));
        Path installed = host.directory.resolve("installed");
        Path goOn = host.directory.resolve("go-on");
        Path tool = Files.writeString(tools.resolve("ip6tables-restore"), """
                #!/bin/sh
                /usr/sbin/ip6tables-restore "$@"
                : >%s
                until [ -e %s ]; do sleep 0.01; done
                """.formatted(installed, goOn));
        Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
        RunningDaemon daemon = host.launch(List.of("env", "PATH=" + tools + ":/usr/bin:/bin"), "on: { stop: remove }");
        await().until(() -> Files.exists(installed));

        daemon.signal("TERM");
        Files.createFile(goOn);

        assertThat(daemon.awaitExit()).isZero();
        assertNothingInstalled();
    }

    private RunningDaemon launch(String... wrapper) {
        return host.launch(List.of(wrapper));
    }

    private void assertNothingInstalled() {
        for (String save : List.of("iptables-save", "ip6tables-save")) {
            assertThat(host.server.run(save))
                    .doesNotContainIgnoringCase("secgroupd")
                    .doesNotContain("NFQUEUE");
        }
    }

    /** Without the comments, which hold the time. */
    private static String rulesOf(String save) {
        return save.replaceAll("(?m)^#.*\\n", "").replaceAll("\\[\\d+:\\d+]", "");
    }
}
