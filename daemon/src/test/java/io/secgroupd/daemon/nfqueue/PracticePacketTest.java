package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.packet.DecodeStatus;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Hook;
import io.secgroupd.rules.testkit.PolicyBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packet that is only practised on comes as the kernel would hand it out. */
class PracticePacketTest {

    private final NetlinkBuffer buffer = new NetlinkBuffer(256);
    private final QueuedPacket queued = new QueuedPacket(buffer);
    private final PacketView view = new PacketView();

    @ParameterizedTest
    @CsvSource({
        "INPUT, 1, 1, 10.0.0.1, 10.0.0.2, 6, 443",
        "FORWARD, 2, 1, 10.0.0.1, 10.0.0.2, 17, 53",
        "OUTPUT, 3, 0, 2001:db8::1, 2001:db8::2, 6, 443",
        "FORWARD, 2, 1, 2001:db8::1, 2001:db8::2, 17, 53"
    })
    void comesFromItsHookWithItsPorts(
            Hook hook, int number, int inInterface, String source, String destination, int protocol, int port) {
        receive(packet(hook, source, destination, protocol, port));

        assertThat(queued.hook()).isEqualTo(number);
        assertThat(queued.inInterface()).isEqualTo(inInterface);
        assertThat(view.protocol()).isEqualTo(protocol);
        assertThat(view.sourcePort()).isEqualTo(40000);
        assertThat(view.destinationPort()).isEqualTo(port);
        assertThat(view.isPickup()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, 10.0.0.2, IPV4, 1, 8", "2001:db8::1, 2001:db8::2, IPV6, 58, 128"})
    void asksForAnEcho(String source, String destination, Family family, int protocol, int type) {
        receive(packet(Hook.INPUT, source, destination, protocol, type << 8));

        assertThat(view.family()).isEqualTo(family);
        assertThat(view.icmpType()).isEqualTo(type);
        assertThat(view.icmpCode()).isZero();
    }

    private static PracticePacket packet(Hook hook, String source, String destination, int protocol, int selector) {
        return new PracticePacket(
                hook,
                PolicyBuilder.address(source),
                PolicyBuilder.address(destination),
                protocol,
                40000,
                selector,
                PacketView.SYN);
    }

    private void receive(PracticePacket packet) {
        byte[] message = packet.message();
        buffer.network().put(0, message);
        var messages = new MessageReader(buffer);
        messages.reset(message.length);
        assertThat(messages.next() && queued.read(messages)).isTrue();
        assertThat(PacketDecoder.decode(buffer.network(), queued.payloadOffset(), queued.payloadLength(), view))
                .isEqualTo(DecodeStatus.OK);
    }
}
