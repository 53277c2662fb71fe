package io.secgroupd.daemon.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.RunningDaemon;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

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

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @Test
    void itIsWrittenToTheSocket() {
        Path journal = host.directory.resolve("journal");
        RunningDaemon daemon = host.launch(
                        List.of("perl", "-e", AS_SYSTEMD, journal.toString()),
                        "flow_log: { path: /dev/stdout, aggregate: 0s }")
                .awaitLog("daemon.ready");

        host.assertShut(81);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(journal).content().contains("\"dport\":81"));
        assertThat(daemon.log()).doesNotContain("flowlog.failed");
    }

    @Test
    void theSocketOfAnotherProgramIsRefusedAtTheStart() throws IOException {
        Path socket = host.directory.resolve("other.sock");
        try (var other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));

            RunningDaemon daemon = host.launch("flow_log: { path: " + socket + " }");

            assertThat(daemon.awaitExit()).isEqualTo(3);
            assertThat(daemon.log()).contains("is the socket of a program").doesNotContain("daemon.ready");
        }
    }
}
