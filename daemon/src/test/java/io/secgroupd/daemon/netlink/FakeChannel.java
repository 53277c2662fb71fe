package io.secgroupd.daemon.netlink;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;

/** A conversation with a kernel that is a function: a request goes in, datagrams come out. */
public final class FakeChannel implements NetlinkChannel {

    /** Stands among the datagrams where the kernel had to throw some away. */
    public static final byte[] OVERRUN = {};

    private final AnsweringKernel kernel;
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private boolean full;
    private boolean broken;
    private boolean closed;

    /** Answers a request, which is all that one write holds. */
    public interface AnsweringKernel {
        List<byte[]> answer(byte[] request);
    }

    public FakeChannel(AnsweringKernel kernel) {
        this.kernel = kernel;
    }

    /** Datagrams that no request asked for. */
    public FakeChannel tell(byte[]... datagrams) {
        waiting.addAll(List.of(datagrams));
        return this;
    }

    /** From now on the kernel has no room for requests. */
    public FakeChannel fill() {
        full = true;
        return this;
    }

    /** When all that waits has been read, the descriptor is broken. */
    public FakeChannel breakDown() {
        broken = true;
        return this;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int read(NetlinkBuffer into) throws IOException {
        if (broken && waiting.isEmpty()) {
            throw new IOException("broken descriptor");
        }
        byte[] datagram = waiting.poll();
        if (datagram == null) {
            return 0;
        }
        if (datagram.length == 0) {
            throw new OverrunException();
        }
        int length = Math.min(datagram.length, into.capacity()); // the rest is cut off, without a word
        into.network().put(0, datagram, 0, length);
        return length;
    }

    @Override
    public void read(DatagramBatch into) {
        throw new UnsupportedOperationException("bursts are read by the packet path alone");
    }

    @Override
    public boolean write(NetlinkBuffer from, int length) {
        if (full) {
            return false;
        }
        byte[] request = new byte[length];
        from.network().get(0, request);
        waiting.addAll(kernel.answer(request));
        return true;
    }

    @Override
    public void acceptAgainAfterOverflow() {}

    @Override
    public void receiveBuffer(int bytes) {}

    @Override
    public FileDescriptor descriptor() {
        throw new UnsupportedOperationException("no event loop watches a function");
    }

    @Override
    public void close() {
        closed = true;
    }
}
