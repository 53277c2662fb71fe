package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.Network;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpClient;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow log that goes to the journal, by the standard output that systemd gives: a socket, which no name opens. */
@NetnsTest
class FlowLogToStandardOutputIT {

    private static final String RULES = """
            version: 1
            security_groups: { sg-web: { inbound: [] } }
            instances: { web: { addresses: [10.0.1.10], security_groups: [sg-web] } }
            """;

    /** Runs a program whose standard output is a socket, from which another process copies into a file. */
    private static final String AS_SYSTEMD = """
            use Socket;
            socketpair(my $ours, my $theirs, AF_UNIX, SOCK_STREAM, 0) or die;
            my $file = shift;
            if (!fork) {
                close $theirs;
                open(my $journal, '>', $file) or die;
                while (sysread($ours, my $bytes, 65536)) { syswrite($journal, $bytes) }
                exit;
            }
            close $ours;
            open(STDOUT, '>&', $theirs) or die;
            exec @ARGV;
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Network network = new Network();
    private final NetworkNamespace client = network.addHost("client", "198.51.100.7", "2001:db8:ffff::7");
    private final NetworkNamespace server = network.addHost("server", "10.0.1.10", "2001:db8:1::10");

    @SuppressWarnings("NullAway.Init")
    private Path rules;

    @BeforeEach
    void writeRules() throws IOException {
        rules = Files.writeString(directory.resolve("rules.yaml"), RULES);
    }

    @AfterEach
    void removeTheNetwork() {
        network.close();
    }

    @Test
    void itIsWrittenToTheSocket() {
        Path journal = directory.resolve("journal");
        RunningDaemon daemon = RunningDaemon.launch(
                        server,
                        List.of("perl", "-e", AS_SYSTEMD, journal.toString()),
                        rules,
                        directory,
                        "flow_log: { path: /dev/stdout, aggregate: 0s }")
                .awaitLog("daemon.ready");

        TcpClient.in(client).assertShut("10.0.1.10", 81);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(journal).content().contains("\"dport\":81"));
        assertThat(daemon.log()).doesNotContain("flowlog.failed");
    }

    @Test
    void theSocketOfAnotherProgramIsRefusedAtTheStart() throws IOException {
        Path socket = directory.resolve("other.sock");
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));

            RunningDaemon daemon =
                    RunningDaemon.launch(server, List.of(), rules, directory, "flow_log: { path: " + socket + " }");

            assertThat(daemon.awaitExit()).isEqualTo(3);
            assertThat(daemon.log()).contains("is the socket of a program").doesNotContain("daemon.ready");
        }
    }
}
