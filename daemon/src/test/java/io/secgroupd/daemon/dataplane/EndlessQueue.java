package io.secgroupd.daemon.dataplane;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.nfqueue.PacketQueue;
import io.secgroupd.daemon.nfqueue.VerdictBuffer;

/** A queue in which the same messages wait for ever, one after the other, and which takes every verdict. */
final class EndlessQueue implements PacketQueue {

    private final byte[][] messages;
    private long reads;

    EndlessQueue(byte[]... messages) {
        this.messages = messages.clone();
    }

    /** How many messages were read. */
    long reads() {
        return reads;
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public int messageBytes() {
        return 4096;
    }

    @Override
    public void read(DatagramBatch into) {
        into.clear();
        while (!into.isFull()) {
            byte[] message = messages[(int) (reads++ % messages.length)];
            into.buffer().network().put(into.start(into.count()), message);
            into.add(message.length);
        }
    }

    @Override
    public boolean write(VerdictBuffer verdicts) {
        return true;
    }

    @Override
    public FileDescriptor descriptor() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
