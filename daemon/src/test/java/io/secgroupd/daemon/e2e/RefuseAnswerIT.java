package io.secgroupd.daemon.e2e;

import static io.secgroupd.daemon.e2e.JudgedHost.CLIENT_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_4;
import static io.secgroupd.daemon.e2e.JudgedHost.SERVER_6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.Attempt;
import io.secgroupd.daemon.testkit.Exposition;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.TcpClient;
import io.secgroupd.daemon.testkit.TcpService;
import io.secgroupd.daemon.testkit.Wait;
import io.secgroupd.daemon.testkit.WirePacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code refuse: answer} a client that is refused fails at once; whoever must not be answered still hears nothing. */
@NetnsTest
class RefuseAnswerIT {

    private static final String RULES = """
            version: 1
            security_groups:
              sg-web:
                inbound: [{ protocol: tcp, ports: 80, source: any }]
                outbound: [{ protocol: tcp, ports: 443, destination: any }]
            instances:
              web: { addresses: [10.0.1.10, "2001:db8:1::10"], security_groups: [sg-web] }
            """;
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int ACK = 0x10;

    @AutoClose
    private final JudgedHost host = new JudgedHost(RULES);

    @ParameterizedTest
    @ValueSource(strings = {SERVER_4, SERVER_6})
    void aConnectionThatNoRuleAllowsIsRefusedInsteadOfTimingOut(String server) {
        TcpService.listen(host.server, 80);
        TcpService.listen(host.server, 81); // so that nobody but the daemon refuses
        host.start("refuse: answer");

        host.assertOpen(80);
        assertThat(TcpClient.in(host.client).tryConnect(server, 81, Wait.FOR_AN_ANSWER))
                .isEqualTo(Attempt.REFUSED);
        assertThat(host.socket().metrics().counter("secgroupd_answers_total", "kind=reset"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVER_4, SERVER_6})
    void aDatagramThatNoRuleAllowsEndsInAnError(String server) {
        host.start("refuse: answer");

        assertEndsInAnError(host.client, server);
        assertThat(host.socket().metrics().counter("secgroupd_answers_total", "kind=prohibited"))
                .isEqualTo(1);
    }

    @Test
    void aProcessOfTheHostIsRefusedAtOnceToo() {
        TcpService.listen(host.client, 444);
        host.start("refuse: answer");

        assertThat(TcpClient.in(host.server).tryConnect(CLIENT_4, 444, Wait.FOR_AN_ANSWER))
                .isEqualTo(Attempt.REFUSED);
        assertEndsInAnError(host.server, CLIENT_4);
    }

    @Test
    void ofAFloodEachPacketIsAnsweredOrCountedAsBeyondTheLimit() {
        host.start("refuse: answer");
        var flood = new ArrayList<byte[]>();
        for (int i = 0; i < 1000; i++) {
            flood.add(WirePacket.of(CLIENT_4, SERVER_4).tcp(20_000 + i, 81, SYN));
        }

        host.cable.send(flood);

        await().until(() -> refused() == 1000);
        Exposition metrics = host.socket().metrics();
        double answered = metrics.counter("secgroupd_answers_total", "kind=reset");
        assertThat(answered + metrics.counter("secgroupd_answers_limited_total"))
                .isEqualTo(1000);
        assertThat(answered).isBetween(50.0, 999.0);
    }

    @Test
    void whatMustNotBeAnsweredIsNot() {
        host.start("refuse: answer", "pickup: reject");

        host.cable.send(
                WirePacket.of(CLIENT_4, "224.0.0.1").udp(4000, 53),
                WirePacket.of(CLIENT_4, "255.255.255.255").udp(4000, 53),
                WirePacket.of(CLIENT_4, SERVER_4).tcp(4000, 81, ACK),
                WirePacket.of(CLIENT_4, SERVER_4).tcp(4000, 81, RST),
                WirePacket.of(CLIENT_4, SERVER_4).icmp(3, 1, 7),
                WirePacket.of(SERVER_4, SERVER_4).tcp(4000, 81, SYN),
                WirePacket.of("127.0.0.1", SERVER_4).udp(4000, 53));
        assertThat(TcpClient.in(host.client).tryConnect(SERVER_4, 81, Wait.FOR_AN_ANSWER))
                .as("it was sent last")
                .isEqualTo(Attempt.REFUSED);

        Exposition metrics = host.socket().metrics();
        assertThat(metrics.counter("secgroupd_decisions_total", "verdict=REJECT"))
                .as("some of them reached the daemon")
                .isGreaterThan(1);
        assertThat(metrics.counter("secgroupd_answers_total")).isEqualTo(1);
        assertThat(metrics.counter("secgroupd_answers_limited_total")).isZero();
    }

    @Test
    void withoutTheSettingARefusalIsSilent() {
        host.start();

        host.assertShut(81);
        assertThat(host.socket().metrics().counter("secgroupd_answers_total")).isZero();
    }

    private double refused() {
        return host.socket().metrics().counter("secgroupd_decisions_total", "verdict=REJECT");
    }

    private static void assertEndsInAnError(NetworkNamespace from, String to) {
        assertThatThrownBy(() -> ask(from, to))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static void ask(NetworkNamespace from, String to) throws IOException {
        try (DatagramChannel channel = from.call(DatagramChannel::open)) {
            channel.connect(new InetSocketAddress(to, 53));
            channel.socket().setSoTimeout((int) Wait.FOR_AN_ANSWER.toMillis());
            channel.socket().send(new DatagramPacket(new byte[12], 12));
            channel.socket().receive(new DatagramPacket(new byte[12], 12));
        }
    }
}
