package io.secgroupd.daemon.nfqueue;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import java.io.IOException;
import java.nio.file.Path;

/** Owns one of the kernel's queues until this object is closed or the process ends. */
public final class NfQueue implements PacketQueue {

    /** Room for what the kernel sends besides the payload: addresses, marks, a security context. */
    private static final int MESSAGE_OVERHEAD = 4096;

    private static final int CONFIG_BYTES = 256;

    private final QueueSettings settings;
    private final NetlinkChannel socket;
    private final QueueOwner owner;
    private final MessageWriter request = new MessageWriter(new NetlinkBuffer(CONFIG_BYTES));
    private final NetlinkBuffer reply = new NetlinkBuffer(CONFIG_BYTES * 4);
    private final MessageReader replies = new MessageReader(reply);
    private int sequence;

    private NfQueue(QueueSettings settings, NetlinkChannel socket, QueueOwner owner) {
        this.settings = settings;
        this.socket = socket;
        this.owner = owner;
    }

    /**
     * Takes over the queue and tells the kernel to hand out its packets.
     *
     * @throws QueueException when the queue cannot be had, with the reason; nothing is left open then
     */
    public static NfQueue open(QueueSettings settings) throws IOException {
        return open(settings, NetlinkSocket::open, new QueueOwner(Path.of("/proc")));
    }

    static NfQueue open(QueueSettings settings, NetlinkChannel.ChannelOpener kernel, QueueOwner owner)
            throws IOException {
        NfQueue queue = new NfQueue(settings, openSocket(kernel), owner);
        try {
            queue.configure();
            return queue;
        } catch (IOException refused) {
            queue.close();
            throw refused;
        }
    }

    private static NetlinkChannel openSocket(NetlinkChannel.ChannelOpener kernel) throws IOException {
        try {
            return kernel.open(Netlink.NETLINK_NETFILTER, 0);
        } catch (NetlinkException refused) {
            throw new QueueException.NotSupported("netfilter netlink", refused);
        }
    }

    private void configure() throws IOException {
        socket.acceptAgainAfterOverflow();
        socket.receiveBuffer(settings.receiveBufferBytes());
        bind();
        setFlags();
        begin(Netlink.ACK).u32(NfnetlinkQueue.MAX_LENGTH, settings.maxLength()).end();
        execute("setting the length of queue " + settings.number());
        startCopying();
    }

    private void bind() throws IOException {
        try {
            command("binding queue " + settings.number(), NfnetlinkQueue.COMMAND_BIND);
        } catch (NetlinkException refused) {
            throw switch (refused.errno()) {
                case Errno.EPERM, Errno.EBUSY -> whyNotPermitted(refused);
                case Errno.EINVAL, Errno.EOPNOTSUPP -> new QueueException.NotSupported("NFQUEUE", refused);
                default -> refused;
            };
        }
    }

    /**
     * EPERM means either that CAP_NET_ADMIN is missing or that another socket owns the queue. A command that does nothing
     * but needs the same capability tells them apart in any user namespace.
     */
    private QueueException whyNotPermitted(NetlinkException refused) throws IOException {
        try {
            command("asking for CAP_NET_ADMIN", NfnetlinkQueue.COMMAND_BIND_FAMILY);
        } catch (NetlinkException alsoRefused) {
            return new QueueException.NotPermitted(settings.number(), refused);
        }
        return new QueueException.Owned(settings.number(), owner.describe(settings.number()), refused);
    }

    /** Without GSO, some 6.x kernels drop every UDP packet that the card merged (CVE-2026-45859). */
    private void setFlags() throws IOException {
        int flags = NfnetlinkQueue.FLAG_GSO | (settings.failOpen() ? NfnetlinkQueue.FLAG_FAIL_OPEN : 0);
        begin(Netlink.ACK)
                .u32(NfnetlinkQueue.FLAGS, flags)
                .u32(NfnetlinkQueue.FLAGS_MASK, NfnetlinkQueue.FLAG_GSO | NfnetlinkQueue.FLAG_FAIL_OPEN)
                .end();
        try {
            execute("setting the flags of queue " + settings.number());
        } catch (NetlinkException refused) {
            throw new QueueException.NotSupported("NFQUEUE with segmentation offload and fail-open flags", refused);
        }
    }

    /**
     * Asks for packets as the last step, without an acknowledgement: packets arrive from here on, and one that overtook the
     * answer would be read and lost. Nothing is left that the kernel could refuse.
     */
    private void startCopying() throws IOException {
        int bytes = settings.copyBytes();
        begin(0).bytes(
                        NfnetlinkQueue.PARAMETERS,
                        (byte) (bytes >> 24),
                        (byte) (bytes >> 16),
                        (byte) (bytes >> 8),
                        (byte) bytes,
                        (byte) NfnetlinkQueue.COPY_PACKET)
                .end();
        send("asking for packets of queue " + settings.number());
    }

    /** struct nfqnl_msg_config_cmd: command 1, padding 1, family 2. */
    private void command(String what, int command) throws IOException {
        begin(Netlink.ACK)
                .bytes(NfnetlinkQueue.COMMAND, (byte) command, (byte) 0, (byte) 0, (byte) NfnetlinkQueue.INET_FAMILY)
                .end();
        execute(what);
    }

    private MessageWriter begin(int flags) {
        request.clear();
        return request.begin(
                NfnetlinkQueue.CONFIG,
                Netlink.REQUEST | flags,
                ++sequence,
                NfnetlinkQueue.UNSPECIFIED_FAMILY,
                settings.number());
    }

    /** Sends the request and reads the answer, which is there as soon as the write returns. */
    private void execute(String what) throws IOException {
        send(what);
        int length = socket.read(reply);
        replies.reset(Math.max(0, length));
        while (replies.next()) {
            if (replies.type() == Netlink.ERROR && replies.sequence() == sequence) {
                requireDone(what, replies.errno());
                return;
            }
        }
        throw new QueueException(what + " was not answered by the kernel", new IOException("no acknowledgement"));
    }

    private static void requireDone(String what, int errno) throws NetlinkException {
        if (errno != 0) {
            throw new NetlinkException(what, errno);
        }
    }

    private void send(String what) throws IOException {
        if (!socket.write(request.buffer(), request.length())) {
            throw new NetlinkException(what, Errno.ENOBUFS);
        }
    }

    @Override
    public int number() {
        return settings.number();
    }

    @Override
    public boolean isUntracked() {
        return settings.untracked();
    }

    @Override
    public int messageBytes() {
        return settings.copyBytes() + MESSAGE_OVERHEAD;
    }

    @Override
    public void read(DatagramBatch into) throws IOException {
        socket.read(into);
    }

    @Override
    public boolean write(VerdictBuffer verdicts) throws IOException {
        return socket.write(verdicts.buffer(), verdicts.length());
    }

    @Override
    public FileDescriptor descriptor() {
        return socket.descriptor();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
