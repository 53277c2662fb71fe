package io.secgroupd.daemon.refused;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.MessageReader;
import io.secgroupd.daemon.netlink.MessageWriter;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkBuffer;
import io.secgroupd.daemon.netlink.NetlinkChannel;
import io.secgroupd.daemon.netlink.NetlinkException;
import java.io.IOException;

/** A transaction of nf_tables: all of its messages take effect for packets at one moment, or none does. */
final class NftBatch {

    /** A socket takes about 200 KiB at a time, unless the system says otherwise. */
    private static final int BYTES = 32 << 10;

    private final NetlinkChannel channel;
    private final MessageWriter request = new MessageWriter(new NetlinkBuffer(BYTES));
    private final NetlinkBuffer answer = new NetlinkBuffer(BYTES);
    private final MessageReader answers = new MessageReader(answer);
    private int sequence;

    NftBatch(NetlinkChannel channel) {
        this.channel = channel;
    }

    /** Begins a transaction; one that was begun and not committed is forgotten. */
    NftBatch begin() {
        request.clear();
        frame(Nftables.BATCH_BEGIN);
        return this;
    }

    private void frame(int type) {
        request.begin(type, Netlink.REQUEST, ++sequence, Nftables.UNSPECIFIED, Nftables.SUBSYSTEM)
                .end();
    }

    /** Begins a message of the transaction; the caller writes its attributes and ends it. */
    MessageWriter message(int type, int flags) {
        return request.begin(type, Netlink.REQUEST | Netlink.ACK | flags, ++sequence, Nftables.INET, 0);
    }

    /**
     * Ends the transaction.
     *
     * @param what what is being done, for the error
     * @throws IOException when the kernel refuses it; then nothing of it has taken effect
     */
    void commit(String what) throws IOException {
        int last = sequence;
        frame(Nftables.BATCH_END);
        send(last, what);
    }

    /**
     * Has the kernel check the transaction and withdraw it, as it does with one that has no end.
     *
     * @throws IOException when the kernel would refuse it
     */
    void check(String what) throws IOException {
        send(sequence, what);
    }

    private void send(int last, String what) throws IOException {
        if (!channel.write(request.buffer(), request.length())) {
            throw new NetlinkException(what, Errno.ENOBUFS);
        }
        if (!isAcknowledged(last, what)) {
            throw new IOException(what + " was not answered by the kernel");
        }
    }

    /** Reads every answer, because one that is left would be taken for that to the next transaction. */
    private boolean isAcknowledged(int last, String what) throws IOException {
        boolean acknowledged = false;
        int refused = 0;
        int length;
        while ((length = channel.read(answer)) > 0) {
            answers.reset(length);
            while (answers.next()) {
                if (answers.type() == Netlink.ERROR) {
                    acknowledged |= answers.sequence() == last;
                    refused = refused == 0 ? answers.errno() : refused;
                }
            }
        }
        if (refused != 0) {
            throw new NetlinkException(what, refused);
        }
        return acknowledged;
    }
}
