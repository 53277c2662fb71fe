package io.secgroupd.daemon.nfqueue;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.OverrunException;
import java.io.IOException;

/** A queue of packets that wait for their verdict: the kernel's, or in tests a list. */
public interface PacketQueue extends AutoCloseable {

    int number();

    /** Reports whether its packets are out of connection tracking, so that any of them may be an answer. */
    default boolean isUntracked() {
        return false;
    }

    /** Bytes that one datagram of {@link #read} can have. */
    int messageBytes();

    /**
     * Reads as many datagrams of the queue as wait and find room; none when nothing waits.
     *
     * @throws OverrunException when packets were lost; reading may go on
     */
    void read(DatagramBatch into) throws IOException;

    /** Sends verdicts; false when the kernel has no room for them at the moment. */
    boolean write(VerdictBuffer verdicts) throws IOException;

    /** Readable when packets wait. */
    FileDescriptor descriptor();

    /** Gives the queue up: packets that wait are dropped. */
    @Override
    void close() throws IOException;
}
