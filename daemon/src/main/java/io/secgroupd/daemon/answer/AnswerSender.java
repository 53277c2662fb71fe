package io.secgroupd.daemon.answer;

import io.secgroupd.rules.net.Family;
import java.nio.ByteBuffer;

/** Sends whole IP packets. */
interface AnswerSender extends AutoCloseable {

    /**
     * Sends one packet to its destination, without waiting.
     *
     * @param bytes       a direct buffer with the packet at its start
     * @param inInterface the interface that a link-local destination is on; 0 when it is unknown
     * @return false when the kernel does not take it
     */
    boolean send(Family family, ByteBuffer bytes, int length, int inInterface);

    @Override
    void close();
}
