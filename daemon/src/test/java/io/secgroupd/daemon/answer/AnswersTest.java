package io.secgroupd.daemon.answer;

import static io.secgroupd.daemon.packet.PacketBuilder.icmp;
import static io.secgroupd.daemon.packet.PacketBuilder.tcp;
import static io.secgroupd.daemon.packet.PacketBuilder.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.answer.Answers.AnswerTotals;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.net.IpAddress;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.TcpPacket;

/** Which refused packets are answered, read back by pcap4j, which shares no code with what writes the answers. */
class AnswersTest {

    private static final String CLIENT = "198.51.100.7";
    private static final String HOST = "10.0.1.10";
    private static final String CLIENT_6 = "2001:db8:ffff::7";
    private static final String HOST_6 = "2001:db8:1::10";

    private final List<byte[]> sent = new ArrayList<>();
    private final Answers answers = new Answers(new Wire(), () -> 0);

    /** Writes down what is sent. */
    private final class Wire implements AnswerSender {
        @Override
        public boolean send(Family family, ByteBuffer bytes, int length, int inInterface) {
            var packet = new byte[length];
            bytes.get(0, packet);
            sent.add(packet);
            return true;
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void theHostHasTwoAddresses() throws Exception {
        answers.hostHas(OwnAddresses.of(List.of(AddressText.parseAddress(HOST), AddressText.parseAddress(HOST_6))));
    }

    @ParameterizedTest
    @CsvSource({CLIENT + "," + HOST, CLIENT_6 + "," + HOST_6})
    void aSynIsAnsweredByAResetThatItsSenderBelieves(String client, String host) throws Exception {
        byte[] syn = tcp(client, 40000, host, 81, "S");

        refuse(Hook.INPUT, syn);

        IpPacket answer = answer();
        TcpPacket reset = answer.get(TcpPacket.class);
        assertThat(ends(answer)).isEqualTo(host + " > " + client);
        assertThat(reset.getHeader().getRst()).isTrue();
        assertThat(reset.getHeader().getAck()).isTrue();
        assertThat(reset.getHeader().getAcknowledgmentNumber()).isEqualTo(1);
        assertThat(reset.getHeader().getSrcPort().valueAsInt()).isEqualTo(81);
        assertThat(reset.getHeader().getDstPort().valueAsInt()).isEqualTo(40000);
        assertThat(reset.hasValidChecksum(
                        answer.getHeader().getSrcAddr(), answer.getHeader().getDstAddr(), false))
                .isTrue();
        assertThat(sent.get(0)).hasSizeLessThanOrEqualTo(syn.length);
    }

    @Test
    void aDatagramIsAnsweredByAnErrorThatQuotesIt() throws Exception {
        byte[] datagram = udp(CLIENT, HOST, 53);

        refuse(Hook.INPUT, datagram);

        IcmpV4CommonPacket error = answer().get(IcmpV4CommonPacket.class);
        assertThat(ends(answer())).isEqualTo(HOST + " > " + CLIENT);
        assertThat(error.getHeader().getType().value()).isEqualTo((byte) 3);
        assertThat(error.getHeader().getCode().value()).isEqualTo((byte) 13);
        assertThat(error.hasValidChecksum(false)).isTrue();
        assertThat(sent.get(0)).hasSize(56).endsWith(Arrays.copyOf(datagram, 28));
    }

    @Test
    void aDatagramOfIpv6IsAnsweredByAnErrorThatQuotesIt() throws Exception {
        byte[] datagram = udp(CLIENT_6, HOST_6, 53);

        refuse(Hook.INPUT, datagram);

        IcmpV6CommonPacket error = answer().get(IcmpV6CommonPacket.class);
        assertThat(ends(answer())).isEqualTo(HOST_6 + " > " + CLIENT_6);
        assertThat(error.getHeader().getType().value()).isEqualTo((byte) 1);
        assertThat(error.getHeader().getCode().value()).isEqualTo((byte) 1);
        IpPacket.IpHeader header = answer().getHeader();
        assertThat(error.hasValidChecksum(
                        (Inet6Address) header.getSrcAddr(), (Inet6Address) header.getDstAddr(), false))
                .isTrue();
        assertThat(sent.get(0)).hasSize(96).endsWith(Arrays.copyOf(datagram, 48));
    }

    @Test
    void aProcessOfThisHostLearnsOfItsOwnRefusalsFromWhereItWantedToGoOrFromTheHost() throws Exception {
        refuse(Hook.OUTPUT, tcp(HOST, CLIENT, 443, "S"));
        refuse(Hook.OUTPUT, udp(HOST, CLIENT, 53));

        assertThat(ends(ip(sent.get(0)))).isEqualTo(CLIENT + " > " + HOST);
        assertThat(ends(ip(sent.get(1)))).isEqualTo(HOST + " > " + HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SA", "A", "R", "RA", "FA", "PA"})
    void aSegmentThatOpensNothingIsNotAnswered(String flags) {
        refuse(Hook.INPUT, tcp(CLIENT, HOST, 81, flags));

        assertThat(sent).isEmpty();
        assertThat(answers.totals()).isEqualTo(new AnswerTotals(0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.1, 10.0.1.10",
        "127.0.0.1, 10.0.1.10",
        "224.0.0.1, 10.0.1.10",
        "255.255.255.255, 10.0.1.10",
        "10.0.1.10, 10.0.1.10",
        "198.51.100.7, 10.0.1.255",
        "198.51.100.7, 224.0.0.1",
        "198.51.100.7, 255.255.255.255",
        "198.51.100.7, 203.0.113.1",
        "::1, 2001:db8:1::10",
        "ff02::1, 2001:db8:1::10",
        "2001:db8:1::10, 2001:db8:1::10",
        "2001:db8:ffff::7, ff02::1",
    })
    void nothingIsAnsweredThatIsNotBetweenThisHostAndOneOther(String source, String destination) {
        refuse(Hook.INPUT, tcp(source, destination, 81, "S"));
        refuse(Hook.INPUT, udp(source, destination, 53));

        assertThat(sent).isEmpty();
    }

    @Test
    void noErrorOfIcmpIsAnsweredAndNoAnswerToPing() {
        for (int type : new int[] {0, 3, 5, 11, 12}) {
            refuse(Hook.INPUT, icmp(CLIENT, HOST, type, 1));
        }
        for (int type : new int[] {1, 2, 3, 4, 129, 137}) {
            refuse(Hook.INPUT, icmp(CLIENT_6, HOST_6, type, 1));
        }
        assertThat(sent).isEmpty();

        refuse(Hook.INPUT, icmp(CLIENT, HOST, 8, 1));
        refuse(Hook.INPUT, icmp(CLIENT_6, HOST_6, 128, 1));
        assertThat(sent).hasSize(2);
    }

    @Test
    void nothingThatIsRoutedIsAnswered() {
        refuse(Hook.FORWARD, tcp(CLIENT, HOST, 81, "S"));

        assertThat(sent).isEmpty();
    }

    @Test
    void whatIsBeyondTheLimitIsCountedInstead() {
        for (int i = 0; i < 1000; i++) {
            refuse(Hook.INPUT, tcp(CLIENT, HOST, 81, "S"));
        }

        assertThat(sent).hasSize(AnswerLimits.HALF_OF_SOURCE);
        assertThat(answers.totals())
                .isEqualTo(new AnswerTotals(AnswerLimits.HALF_OF_SOURCE, 0, 1000 - AnswerLimits.HALF_OF_SOURCE));
    }

    private void refuse(Hook hook, byte[] packet) {
        var view = new PacketView();
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        assertThat(PacketDecoder.decode(bytes, 0, packet.length, view)).isEqualTo(DecodeStatus.OK);
        answers.refused(hook, view, bytes, 0, packet.length, 3);
    }

    private IpPacket answer() throws Exception {
        assertThat(sent).hasSize(1);
        return ip(sent.get(0));
    }

    private static IpPacket ip(byte[] packet) throws Exception {
        return packet[0] >> 4 == 4
                ? IpV4Packet.newPacket(packet, 0, packet.length)
                : IpV6Packet.newPacket(packet, 0, packet.length);
    }

    private static String ends(IpPacket packet) {
        return IpAddress.ofBytes(packet.getHeader().getSrcAddr().getAddress()) + " > "
                + IpAddress.ofBytes(packet.getHeader().getDstAddr().getAddress());
    }
}
