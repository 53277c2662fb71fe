package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.AttributeReader;
import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import java.io.IOException;
import java.util.function.Consumer;

/** Lists objects of nf_tables over a socket of its own, so that no answer to a transaction stands among them. */
final class NftListing implements AutoCloseable {

    /** The kernel fills at most 32 KiB at a time. */
    private static final int LISTING_BYTES = 64 << 10;

    private static final int REQUEST_BYTES = 512;

    private final NetlinkChannel channel;
    private final MessageWriter request = new MessageWriter(new NetlinkBuffer(REQUEST_BYTES));
    private final NetlinkBuffer listed = new NetlinkBuffer(LISTING_BYTES);
    private final MessageReader messages = new MessageReader(listed);
    private final AttributeReader attributes = new AttributeReader(listed);
    private int sequence;

    private NftListing(NetlinkChannel channel) {
        this.channel = channel;
    }

    static NftListing open(NetlinkChannel.ChannelOpener kernel) throws IOException {
        return new NftListing(kernel.open(Netlink.NETLINK_NETFILTER, 0));
    }

    /** Readers of nested attributes, which see the same bytes. */
    AttributeReader reader() {
        return new AttributeReader(listed);
    }

    /** Begins a request; the caller writes what is to be listed and ends it. */
    MessageWriter request(int type, int family) {
        request.clear();
        return request.begin(type, Netlink.REQUEST | Netlink.DUMP, ++sequence, family, 0);
    }

    /**
     * Sends the request and hands over the attributes of each message that answers it. What changes meanwhile may be missing.
     *
     * @throws IOException when the kernel refuses, or its answer has no end
     */
    void forEach(String what, Consumer<AttributeReader> visitor) throws IOException {
        if (!channel.write(request.buffer(), request.length())) {
            throw new NetlinkException(what, Errno.ENOBUFS);
        }
        while (true) {
            int length = channel.read(listed);
            if (length <= 0) {
                throw new IOException(what + ": the kernel stopped in the middle of its answer");
            }
            if (isLast(length, what, visitor)) {
                return;
            }
        }
    }

    private boolean isLast(int length, String what, Consumer<AttributeReader> visitor) throws IOException {
        messages.reset(length);
        while (messages.next()) {
            if (messages.sequence() != sequence) {
                continue; // the rest of a listing that failed
            }
            if (messages.type() == Netlink.ERROR || messages.type() == Netlink.DONE) {
                requireDone(what);
                return true;
            }
            messages.attributes(attributes);
            visitor.accept(attributes);
        }
        if (messages.malformed()) {
            throw new IOException(what + ": the kernel's answer was cut off");
        }
        return false;
    }

    private void requireDone(String what) throws NetlinkException {
        if (messages.errno() != 0) {
            throw new NetlinkException(what, messages.errno());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
