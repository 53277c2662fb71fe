package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.rules.net.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Packets of the queue however the kernel orders what it says of them, and verdicts however many there are. */
class QueueMessagesPropertiesTest {

    /** Attributes that are passed over: a time, a hardware address, lengths, a user, a security context. */
    private static final int[] PASSED_OVER = {4, 6, 9, 12, 13, 14, 16, 20};

    private final NetlinkBuffer buffer = new NetlinkBuffer(1 << 14);
    private final MessageReader messages = new MessageReader(buffer);
    private final QueuedPacket packet = new QueuedPacket(buffer);

    @Property
    void aPacketIsReadInWhateverOrderItIsTold(
            @ForAll int id,
            @ForAll @IntRange(max = 4) int hook,
            @ForAll int mark,
            @ForAll int in,
            @ForAll @Size(max = 200) byte[] payload,
            @ForAll long seed) {
        List<byte[]> told = new ArrayList<>(List.of(
                KernelBytes.attribute(NfnetlinkQueue.PACKET_HEADER, header(id, hook)),
                KernelBytes.u32(NfnetlinkQueue.MARK, mark),
                KernelBytes.u32(NfnetlinkQueue.IN_INTERFACE, in),
                KernelBytes.attribute(NfnetlinkQueue.PAYLOAD, payload)));
        var random = new Random(seed);
        for (int type : PASSED_OVER) {
            told.add(KernelBytes.attribute(type, new byte[random.nextInt(20)]));
        }
        Collections.shuffle(told, random);

        assertThat(read(told.toArray(byte[][]::new))).isTrue();
        assertThat(packet.id()).isEqualTo(id);
        assertThat(packet.hook()).isEqualTo(hook);
        assertThat(packet.mark()).isEqualTo(mark);
        assertThat(packet.inInterface()).isEqualTo(in);
        byte[] read = new byte[packet.payloadLength()];
        buffer.network().get(packet.payloadOffset(), read);
        assertThat(read).isEqualTo(payload);
    }

    /** Half an id is the id of another packet, which would get this one's verdict. */
    @Property
    void aPacketWhoseHeaderIsCutOffHasNoVerdict(@ForAll int id, @ForAll @IntRange(max = 6) int bytes) {
        byte[] header = Arrays.copyOf(header(id, 1), bytes);

        assertThat(read(KernelBytes.attribute(NfnetlinkQueue.PACKET_HEADER, header)))
                .isFalse();
    }

    @Property
    void noBytesMakeReadingThrowOrLeadOutside(@ForAll @Size(max = 300) byte[] attributes) {
        read(attributes);

        assertThat(packet.payloadOffset() + packet.payloadLength()).isLessThanOrEqualTo(20 + attributes.length + 3);
    }

    @Property
    void everyVerdictNamesItsPacketAndItsQueue(
            @ForAll @Size(min = 1, max = 40) List<Integer> ids, @ForAll @IntRange(max = 65535) int queue) {
        VerdictBuffer verdicts = new VerdictBuffer(queue, ids.size());
        List<String> wanted = new ArrayList<>();
        for (int id : ids) {
            if (id % 3 == 0) {
                verdicts.repeat(id, ~id);
                wanted.add(queue + " 4 " + id + " " + ~id);
            } else {
                verdicts.append(id, id % 3 == 1 ? Verdict.ACCEPT : Verdict.REJECT);
                wanted.add(queue + (id % 3 == 1 ? " 1 " : " 0 ") + id);
            }
        }

        assertThat(verdicts.isFull()).isTrue();
        assertThat(written(verdicts)).isEqualTo(wanted);
        verdicts.clear();
        assertThat(verdicts.count() + verdicts.length()).isZero();
    }

    private static List<String> written(VerdictBuffer verdicts) {
        List<String> all = new ArrayList<>();
        ByteBuffer bytes = verdicts.buffer().network();
        int length;
        for (int at = 0; at < verdicts.length(); at += length) {
            length = verdicts.buffer().host().getInt(at);
            String verdict =
                    (bytes.getShort(at + 18) & 0xffff) + " " + bytes.getInt(at + 24) + " " + bytes.getInt(at + 28);
            all.add(length == 32 ? verdict : verdict + " " + bytes.getInt(at + 36));
        }
        return all;
    }

    private static byte[] header(int id, int hook) {
        return ByteBuffer.allocate(7)
                .putInt(id)
                .putShort((short) 0x0800)
                .put((byte) hook)
                .array();
    }

    private boolean read(byte[]... attributes) {
        byte[] message = KernelBytes.netfilter(NfnetlinkQueue.PACKET, 0, 0, NfnetlinkQueue.INET_FAMILY, attributes);
        buffer.network().put(0, message);
        messages.reset(message.length);
        return messages.next() && packet.read(messages);
    }
}
