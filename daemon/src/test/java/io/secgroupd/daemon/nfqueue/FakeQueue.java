package io.secgroupd.daemon.nfqueue;

import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.OverrunException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kernel as a list: give packets, collect verdicts. */
public final class FakeQueue implements PacketQueue {

    private static final byte[] OVERRUN = {};

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final List<String> verdicts = new ArrayList<>();
    private int nextId = 1;
    private int writes;
    private int refusedWrites;
    private boolean broken;
    private boolean closed;
    private boolean untracked;
    private int reads;
    private @Nullable FileDescriptor descriptor;

    /** Queues a packet under the next id: 1, 2, 3… */
    public FakeQueue packet(int hook, byte[] packet) {
        return message(PacketMessages.packet(nextId++, hook, hook == QueuedPacket.LOCAL_OUT ? 0 : 3, packet));
    }

    /** Queues a packet that another program has marked. */
    public FakeQueue marked(int hook, int mark, byte[] packet) {
        return message(PacketMessages.packet(nextId++, hook, 3, mark, packet));
    }

    public FakeQueue message(byte[] message) {
        waiting.add(message);
        return this;
    }

    public FakeQueue overrun() {
        return message(OVERRUN);
    }

    /** Lets the next writes find no room. */
    public FakeQueue refuseWrites(int times) {
        refusedWrites = times;
        return this;
    }

    public FakeQueue breakDown() {
        broken = true;
        return this;
    }

    /** Its packets are out of connection tracking. */
    public FakeQueue untracked() {
        untracked = true;
        return this;
    }

    /** An event loop may watch it by this descriptor, which stays open when the queue is closed. */
    public FakeQueue watchedBy(FileDescriptor watched) {
        descriptor = watched;
        return this;
    }

    /** {@code 1=ACCEPT}, in the order in which they were sent. */
    public List<String> verdicts() {
        return verdicts;
    }

    public int writes() {
        return writes;
    }

    public int reads() {
        return reads;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public int number() {
        return 4700;
    }

    @Override
    public boolean isUntracked() {
        return untracked;
    }

    @Override
    public int messageBytes() {
        return 65536;
    }

    @Override
    public void read(DatagramBatch into) throws IOException {
        reads++;
        into.clear();
        if (broken) {
            throw new IOException("broken descriptor");
        }
        while (!into.isFull() && !waiting.isEmpty()) {
            byte[] message = waiting.element();
            if (message.length == 0 && into.count() > 0) {
                return; // the kernel hands out what it has before it tells of a loss
            }
            waiting.remove();
            if (message.length == 0) {
                throw new OverrunException();
            }
            into.buffer().network().put(into.start(into.count()), message);
            into.add(message.length);
        }
    }

    @Override
    public boolean write(VerdictBuffer sent) {
        if (refusedWrites > 0) {
            refusedWrites--;
            return false;
        }
        writes++;
        for (int at = 0; at < sent.length(); at += sent.buffer().host().getInt(at)) {
            ByteBuffer message = sent.buffer().network();
            verdicts.add(message.getInt(at + 28) + "=" + verdict(message, at));
        }
        return true;
    }

    private static String verdict(ByteBuffer message, int at) {
        return switch (message.getInt(at + 24)) {
            case 0 -> "DROP";
            case 1 -> "ACCEPT";
            default -> "REPEAT mark " + Integer.toHexString(message.getInt(at + 36));
        };
    }

    @Override
    public FileDescriptor descriptor() {
        if (descriptor == null) {
            throw new UnsupportedOperationException("no event loop watches a list");
        }
        return descriptor;
    }

    @Override
    public void close() {
        closed = true;
    }
}
