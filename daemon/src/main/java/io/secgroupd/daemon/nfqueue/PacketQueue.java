package io.secgroupd.daemon.nfqueue;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.OverrunException;
import java.io.IOException;

/** A queue of packets that wait for their verdict: the kernel's queue, or a list in tests. */
public interface PacketQueue extends AutoCloseable {

    int number();

    /** Reports whether its packets are out of connection tracking, so that any of them may be an answer. */
    default boolean isUntracked() {
        return false;
    }

    /** The most bytes of one datagram of {@link #read}. */
    int messageBytes();

    /**
     * Reads the waiting datagrams of the queue that find room; reads none when nothing waits.
     *
     * @throws OverrunException when packets were lost; reading may go on
     */
    void read(DatagramBatch into) throws IOException;

    /** Sends verdicts. Returns false when the kernel has no room for them at the moment. */
    boolean write(VerdictBuffer verdicts) throws IOException;

    /** A descriptor that is readable when packets wait. */
    FileDescriptor descriptor();

    /** Gives up the queue. The kernel drops the packets that wait. */
    @Override
    void close() throws IOException;
}
