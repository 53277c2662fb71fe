package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpConnection;
import io.secgroupd.daemon.testkit.TcpService;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cut connection of a guest, whose socket this host cannot destroy. */
@NetnsTest
class CutGuestIT {

    private static final Duration A_WHILE = Duration.ofSeconds(1);

    /** Judged the other way round, a segment of the guest's would be let through by what it lets in. */
    private static final String RULES = """
            version: 1
            security_groups:
              sg-host: { inbound: [] }
              sg-guest:
                inbound: [{ protocol: tcp, ports: 1024-65535, source: any }]
                outbound: [{ protocol: tcp, ports: 443, destination: any }]
            instances:
              host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-host] }
              guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-guest] }
            """;

    private final JudgedHost host = new JudgedHost(RULES);
    private final GuestNetwork guests = GuestNetwork.behind(host);

    @AfterEach
    void removeTheNetwork() {
        guests.close();
        host.close();
    }

    /** A flush stands for what a peer can do to one entry: a reset, and a SYN that makes the kernel forget what was reset. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void staysCutWhenTheKernelForgetsItAndLivesWhenItIsAllowedAgain(int family) {
        TcpService.listen(host.client, 443);
        RunningDaemon daemon = host.start("carry: [host, guest]", "hooks: { forward: true }", "established: cut");
        try (TcpConnection connection = TcpClient.in(guests.guest).connect(client(family), 443)) {
            assertThat(connection.echo("still here")).isEqualTo("still here");

            replaceRules(daemon, RULES.replace("ports: 443", "ports: 444"), 2);
            assertThat(connection.isAlive(A_WHILE)).isFalse();
            host.server.run("conntrack", "-F");
            assertThat(connection.isAlive(A_WHILE)).isFalse();

            replaceRules(daemon, RULES.replace("ports: 443", "ports: 445"), 3);
            assertThat(connection.isAlive(A_WHILE)).isFalse();

            replaceRules(daemon, RULES, 4);
            assertThat(connection.isAlive(Duration.ofSeconds(20))).isTrue();
        }
    }

    /** The skeleton of the second start tests another bit, so that the first one's marks mean nothing to it. */
    @Test
    void staysCutWhenTheNextStartKnowsItByAnotherMark() {
        TcpService.listen(host.client, 443);
        String[] settings = {"carry: [host, guest]", "hooks: { forward: true }", "established: cut"};
        RunningDaemon daemon = host.start(settings);
        try (TcpConnection connection = TcpClient.in(guests.guest).connect(client(4), 443)) {
            String without = RULES.replace("ports: 443", "ports: 444");
            replaceRules(daemon, without, 2);
            daemon.stop();

            RunningDaemon next = host.start(settings[0], settings[1], settings[2], "mark: 0x20000000");

            next.awaitLog("connections.judged");
            assertThat(connection.isAlive(A_WHILE)).isFalse();
        }
    }

    /** What ran before the first start was never judged: it is left alone until the policy changes. */
    @Test
    void theFirstStartCutsNothing() {
        TcpService.listen(host.client, 445);
        try (TcpConnection connection = TcpClient.in(guests.guest).connect(client(4), 445)) {
            RunningDaemon daemon = host.start("carry: [host, guest]", "hooks: { forward: true }", "established: cut");

            assertThat(connection.isAlive(A_WHILE)).isTrue();
            assertThat(daemon.log()).doesNotContain("connections.judged");
        }
    }

    private void replaceRules(RunningDaemon daemon, String rules, int generation) {
        host.rules(rules);
        daemon.awaitGeneration(generation);
        daemon.awaitLog("connections.judged", generation - 1);
    }
}
