package io.secgroupd.daemon.testkit;

import static io.secgroupd.daemon.testkit.Attempt.CONNECTED;
import static io.secgroupd.daemon.testkit.Attempt.REFUSED;
import static io.secgroupd.daemon.testkit.Attempt.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NetnsTest
class NetworkNamespaceIT {

    private final NetworkNamespace left = NetworkNamespace.create("left");
    private final NetworkNamespace right = NetworkNamespace.create("right");

    @BeforeEach
    void joinThem() {
        left.connect(right, "eth0", "eth0");
        left.address("eth0", "10.77.0.1/24");
        left.address("eth0", "2001:db8:77::1/64");
        right.address("eth0", "10.77.0.2/24");
        right.address("eth0", "2001:db8:77::2/64");
    }

    @AfterEach
    void closeBoth() {
        left.close();
        right.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.2", "2001:db8:77::2"})
    void connectsToAService(String address) {
        TcpService service = TcpService.listen(right, 8080);
        try (TcpConnection connection = TcpClient.in(left).connect(address, 8080)) {
            assertThat(connection.echo("hello")).isEqualTo("hello");
            assertThat(connection.isAlive(Wait.FOR_AN_ANSWER)).isTrue();
            await().untilAsserted(
                            () -> assertThat(service.acceptedConnections()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.2", "2001:db8:77::2"})
    void tellsRefusedFromSilence(String address) {
        TcpClient client = TcpClient.in(left);
        TcpService.listen(right, 8080);
        assertThat(client.tryConnect(address, 8080, Wait.FOR_AN_ANSWER)).isEqualTo(CONNECTED);
        assertThat(client.tryConnect(address, 8081, Wait.FOR_AN_ANSWER)).isEqualTo(REFUSED);
        right.run("iptables", "-A", "INPUT", "-p", "tcp", "-j", "DROP");
        right.run("ip6tables", "-A", "INPUT", "-p", "tcp", "-j", "DROP");
        assertThat(client.tryConnect(address, 8080, Wait.FOR_SILENCE)).isEqualTo(TIMED_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.2", "2001:db8:77::2"})
    void echoesDatagrams(String address) {
        UdpService service = UdpService.listen(right, 5353);
        assertThat(UdpClient.in(left).ask(address, 5353, "ping", Wait.FOR_AN_ANSWER))
                .contains("ping");
        assertThat(service.receivedDatagrams()).isEqualTo(1);
        assertThat(UdpClient.in(left).ask(address, 5354, "ping", Wait.FOR_SILENCE))
                .isEmpty();
    }

    @Test
    void leavesNothingBehind() {
        Process sleeper = right.start(new ProcessBuilder("sleep", "600"));

        right.close();

        assertThat(sleeper.isAlive()).isFalse();
        assertThat(Path.of("/run/netns", right.name())).doesNotExist();
        assertThat(Files.exists(Path.of("/run/netns", left.name()))).isTrue();
    }
}
