package io.secgroupd.daemon.attack;

import static org.awaitility.Awaitility.await;

import io.secgroupd.daemon.testkit.NetworkNamespace;
import io.secgroupd.daemon.testkit.WirePacket;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/**
 * An open TCP connection whose one end no kernel keeps, so that everything in it can be chosen.
 *
 * @param from         the address of that end
 * @param to           the address of the other
 * @param sequence     the number of the next byte from that end
 * @param acknowledged the number of the next byte from the other
 */
record HandmadeConnection(String from, String to, int port, int sequence, int acknowledged) {

    static final int SYN = 0x02;
    static final int ACK = 0x10;

    private static final int FIRST = 7_000_000;
    private static final int LINK = 14;
    private static final int SEQUENCE_AT = 4;

    /** Opens it to the service of the attacked host that is allowed. */
    static HandmadeConnection open(AttackedHost attacked, String from, String to, int port) {
        WirePacket wire = WirePacket.of(from, to);
        int header = LINK + (from.contains(":") ? 40 : 20);
        try (PcapHandle listening = listening(attacked.outside)) {
            listening.setFilter("tcp and src host " + to + " and dst host " + from, BpfCompileMode.OPTIMIZE);
            attacked.cable.send(wire.segment(port, AttackedHost.TCP, SYN, FIRST, 0));
            byte[] answer = Objects.requireNonNull(
                    await("an answer to " + from).until(listening::getNextRawPacket, Objects::nonNull));
            int next = ByteBuffer.wrap(answer).getInt(header + SEQUENCE_AT) + 1;
            attacked.cable.send(wire.segment(port, AttackedHost.TCP, ACK, FIRST + 1, next));
            return new HandmadeConnection(from, to, port, FIRST + 1, next);
        } catch (PcapNativeException | NotOpenException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PcapHandle listening(NetworkNamespace outside) {
        return outside.call(
                () -> new PcapHandle.Builder("wire").timeoutMillis(10).build());
    }
}
