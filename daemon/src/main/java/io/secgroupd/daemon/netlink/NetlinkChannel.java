package io.secgroupd.daemon.netlink;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/** A conversation with the kernel in datagrams that never blocks: a socket, or a model of the kernel in tests. */
public interface NetlinkChannel extends AutoCloseable {

    /** Opens conversations; {@link NetlinkSocket#open} opens one with the real kernel. */
    interface ChannelOpener {

        /**
         * Opens a conversation.
         *
         * @param family one of the {@code NETLINK_} numbers of {@link Netlink}
         * @param groups a mask of the first 32 multicast groups to join; 0 for none
         * @throws NetlinkException when the kernel lacks the family or refuses the groups
         */
        NetlinkChannel open(int family, int groups) throws IOException;
    }

    /**
     * Reads one datagram, if one waits.
     *
     * @return the number of bytes read, which is a whole datagram; 0 or less when nothing waits
     * @throws OverrunException when the kernel dropped messages; reading may go on
     */
    int read(NetlinkBuffer into) throws IOException;

    /**
     * Reads the waiting datagrams that find room.
     *
     * @throws OverrunException when the kernel dropped messages; reading may go on
     */
    void read(DatagramBatch into) throws IOException;

    /**
     * Sends the first {@code length} bytes to the kernel, which acts on every message before this returns.
     *
     * @return false when the kernel has no room for them at the moment
     */
    boolean write(NetlinkBuffer from, int length) throws IOException;

    /**
     * Accepts new messages as soon as there is room again after an overflow. Otherwise one overflow shuts the socket until
     * it has been read empty, which under a flood never happens.
     */
    void acceptAgainAfterOverflow() throws IOException;

    /** Asks for a receive buffer of {@code bytes}. The system's limit holds unless the process may exceed it. */
    void receiveBuffer(int bytes) throws IOException;

    /** A descriptor that is readable when a datagram waits. */
    FileDescriptor descriptor();

    @Override
    void close() throws IOException;
}
