package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.client;
import static io.secgroupd.daemon.e2e.JudgedHost.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.RunningDaemon;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client that the server has reset connects again from the same port. For the kernel its SYN is part of the connection
 * that was, for as long as that has an entry; for the rules it opens another.
 */
@NetnsTest
class ReconnectIT {

    private static final int FROM = 40000;
    private static final int PORT = 80;

    @AutoClose
    private final JudgedHost host = new JudgedHost();

    @AutoClose
    private final GuestNetwork guests = GuestNetwork.behind(host);

    @ParameterizedTest(name = "{0} IPv{1}")
    @CsvSource({"inward, 4", "outward, 4", "routed, 4", "inward, 6", "outward, 6", "routed, 6"})
    void isJudgedAndRecordedLikeAnyOther(String way, int family) {
        NetworkNamespace from = way.equals("outward") ? host.server : host.client;
        String to = to(way, family);
        TcpService service = TcpService.listenAndReset(listener(way), PORT);
        host.rules(rules(PORT));
        RunningDaemon daemon = host.start("carry: [host, guest]", "hooks: { backend: iptables, forward: true }");

        assertThat(connectAndBeReset(from, to)).isTrue();
        assertThat(connectAndBeReset(from, to)).isTrue();
        assertRecorded(daemon, "ACCEPT", 2);

        host.rules(rules(PORT + 1));
        daemon.awaitGeneration(2);
        for (int i = 0; i < 3; i++) {
            assertThat(connectAndBeReset(from, to)).isFalse();
        }
        assertRecorded(daemon, "REJECT", 3);
        assertRecorded(daemon, "ACCEPT", 2);
        assertThat(service.acceptedConnections()).isEqualTo(2);
    }

    private NetworkNamespace listener(String way) {
        return switch (way) {
            case "inward" -> host.server;
            case "outward" -> host.client;
            default -> guests.guest;
        };
    }

    private static String to(String way, int family) {
        return switch (way) {
            case "inward" -> server(family);
            case "outward" -> client(family);
            default -> GuestNetwork.guest(family);
        };
    }

    private static String rules(int port) {
        String rule = "[{ protocol: tcp, ports: " + port + ", %s: any }]";
        return """
                version: 1
                security_groups:
                  sg-all: { inbound: %s, outbound: %s }
                instances:
                  host: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-all] }
                  guest: { addresses: [10.0.9.2, "2001:db8:9::2"], security_groups: [sg-all] }
                """.formatted(rule.formatted("source"), rule.formatted("destination"));
    }

    /** Whether the connection came about; then it has been reset. */
    private static boolean connectAndBeReset(NetworkNamespace from, String to) {
        try (SocketChannel channel = from.call(SocketChannel::open)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(new InetSocketAddress(FROM));
            InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(to), PORT);
            channel.socket().connect(target, (int) Wait.FOR_ONE_PACKET.toMillis());
            awaitReset(channel);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReset(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.read(ByteBuffer.allocate(1));
            throw new AssertionError("the service has not reset the connection");
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static void assertRecorded(RunningDaemon daemon, String verdict, int lines) {
        await().untilAsserted(() -> assertThat(daemon.flows())
                .filteredOn(line -> line.number("sport") == FROM && line.number("dport") == PORT)
                .filteredOn(line -> line.text("verdict").equals(verdict))
                .hasSize(lines)
                .allSatisfy(line -> assertThat(line.number("packets")).isEqualTo(1))
                .noneSatisfy(line -> assertThat(line.fields()).containsKey("repeat")));
    }
}
