package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Verdict;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueMessagesTest {

    private final NetlinkBuffer buffer = new NetlinkBuffer(4096);
    private final MessageReader messages = new MessageReader(buffer);
    private final QueuedPacket packet = new QueuedPacket(buffer);

    @Test
    void readsAPacket() {
        assertThat(receive(PacketMessages.packet(0xfedcba98, QueuedPacket.LOCAL_IN, 3, new byte[] {0x45, 1, 2})))
                .isTrue();
        assertThat(packet.id()).isEqualTo(0xfedcba98);
        assertThat(packet.hook()).isEqualTo(QueuedPacket.LOCAL_IN);
        assertThat(packet.inInterface()).isEqualTo(3);
        assertThat(packet.mark()).isEqualTo(0x77);
        assertThat(packet.payloadLength()).isEqualTo(3);
        assertThat(buffer.network().get(packet.payloadOffset())).isEqualTo((byte) 0x45);
    }

    @Test
    void keepsNothingOfThePacketBefore() {
        receive(PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, new byte[40]));
        receive(PacketMessages.packet(2, QueuedPacket.LOCAL_OUT, 0, new byte[0]));
        assertThat(packet.inInterface()).isZero();
        assertThat(packet.payloadLength()).isZero();
    }

    @Test
    void hasNoAnswerForAPacketWithoutId() {
        assertThat(receive(PacketMessages.withoutId())).isFalse();
    }

    @Test
    void survivesFlippedBytes() {
        Random random = new Random(20261123);
        byte[] message = PacketMessages.packet(1, QueuedPacket.LOCAL_IN, 3, new byte[60]);
        for (int round = 0; round < 100_000; round++) {
            byte[] flipped = message.clone();
            for (int i = 0; i < 3; i++) {
                flipped[4 + random.nextInt(message.length - 4)] = (byte) random.nextInt();
            }
            receive(flipped);
            if (packet.payloadOffset() + packet.payloadLength() > message.length) {
                throw new AssertionError("payload outside the message");
            }
        }
    }

    @Test
    void writesVerdictsAsTheKernelReadsThem() {
        VerdictBuffer verdicts = new VerdictBuffer(4700, 2);
        verdicts.append(7, Verdict.ACCEPT);
        verdicts.append(-2, Verdict.REJECT);
        assertThat(verdicts.isFull()).isTrue();
        assertThat(verdicts.length()).isEqualTo(64);
        MessageReader written = new MessageReader(verdicts.buffer());
        written.reset(verdicts.length());
        assertThat(written.next() && written.type() == NfnetlinkQueue.VERDICT).isTrue();
        assertThat(verdicts.buffer().network().getShort(18)).isEqualTo((short) 4700);
        assertThat(verdicts.buffer().network().getLong(24)).isEqualTo(1L << 32 | 7);
        assertThat(written.next()).isTrue();
        assertThat(verdicts.buffer().network().getLong(56)).isEqualTo(0xffff_fffeL);
        assertThat(written.next()).isFalse();
        verdicts.clear();
        assertThat(verdicts.length()).isZero();
    }

    @Test
    void writesTheMarkOfAPacketThatMeetsItsChainOnceMore() {
        VerdictBuffer verdicts = new VerdictBuffer(4700, 2);
        verdicts.repeat(7, 0x5ec7_0002);
        verdicts.append(8, Verdict.ACCEPT);

        MessageReader written = new MessageReader(verdicts.buffer());
        written.reset(verdicts.length());
        assertThat(written.next() && written.type() == NfnetlinkQueue.VERDICT).isTrue();
        assertThat(verdicts.buffer().network().getLong(24)).isEqualTo(4L << 32 | 7);
        AttributeReader attributes = new AttributeReader(verdicts.buffer());
        written.attributes(attributes);
        assertThat(attributes.next() && attributes.type() == NfnetlinkQueue.VERDICT_HEADER)
                .isTrue();
        assertThat(attributes.next() && attributes.type() == NfnetlinkQueue.MARK)
                .isTrue();
        assertThat(attributes.u32(0)).isEqualTo(0x5ec7_0002);
        assertThat(attributes.next()).isFalse();
        assertThat(written.next()).isTrue();
        assertThat(verdicts.buffer().network().getLong(64)).isEqualTo(1L << 32 | 8);
        assertThat(written.next()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 1024, 512, 65536, queue number 65536 is not within 0-65535",
        "1, 0, 512, 65536, queue length 0 is not within 1-1000000",
        "1, 1024, 64, 65536, copy bytes 64 is not within 128-65531",
        "1, 1024, 512, 4096, receive buffer 4096 is not within 65536-1073741824",
    })
    void refusesSettingsThatTheKernelWouldBend(int number, int length, int copy, int receive, String problem) {
        assertThatThrownBy(() -> new QueueSettings(number, length, copy, receive, false))
                .hasMessage(problem);
    }

    private boolean receive(byte[] message) {
        buffer.network().put(0, message);
        messages.reset(message.length);
        return messages.next() && packet.read(messages);
    }
}
