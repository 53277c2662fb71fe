package io.secgroupd.daemon.answer;

import io.secgroupd.daemon.packet.PacketView;
import io.secgroupd.rules.net.Hook;
import java.nio.ByteBuffer;

/** Is told of each packet that was decoded and refused, once its verdict is sent. */
@FunctionalInterface
public interface RefusalAnswers {

    /** A host that keeps silent. */
    RefusalAnswers NONE = (hook, packet, bytes, offset, length, inInterface) -> {};

    /**
     * Answers the packet or does not. It neither waits nor allocates.
     *
     * @param bytes       holds the captured bytes of the packet at {@code offset}, in network order
     * @param length      the captured bytes
     * @param inInterface the index of the interface that the packet came in by; 0 when it comes from this host
     */
    void refused(Hook hook, PacketView packet, ByteBuffer bytes, int offset, int length, int inInterface);
}
