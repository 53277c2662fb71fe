package io.secgroupd.daemon.nfqueue;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.netlink.DatagramBatch;
import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A queue of packets that nobody has sent. They come one by one, as the first packets after a start do, and their verdicts go
 * nowhere. Whoever judges them has loaded, and partly compiled, what judging takes.
 */
public final class PracticeQueue implements PacketQueue {

    private static final int MESSAGE_BYTES = 256;

    private final byte[][] messages;
    private final int[] sequenceAt;
    private final int times;
    private final NetlinkSocket idle;
    /** Is readable, as a queue is, as long as packets wait. */
    private final FileDescriptor bell = Native.newEventFd();

    private final CompletableFuture<Void> judged = new CompletableFuture<>();
    private int handedOut;

    private PracticeQueue(List<PracticePacket> packets, int times, NetlinkSocket idle) {
        this.messages = packets.stream().map(PracticePacket::message).toArray(byte[][]::new);
        this.sequenceAt = packets.stream().mapToInt(PracticePacket::sequenceAt).toArray();
        this.times = times;
        this.idle = idle;
        Native.eventFdWrite(bell.intValue(), 1);
    }

    /**
     * Opens a queue. It takes nothing of the kernel that a real one would, and no privilege.
     *
     * @param times how many packets it hands out, in turns
     */
    public static PracticeQueue open(List<PracticePacket> packets, int times) throws IOException {
        return new PracticeQueue(packets, times, NetlinkSocket.open(Netlink.NETLINK_SOCK_DIAG, 0));
    }

    /** Waits until the last packet has its verdict. Returns whether that was so within this time. */
    public boolean awaitJudged(Duration longest) throws InterruptedException {
        try {
            judged.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int number() {
        return 0;
    }

    @Override
    public int messageBytes() {
        return MESSAGE_BYTES;
    }

    /** Reads a socket to which nothing comes before it hands out a packet, so that the system call is practised as well. */
    @Override
    public void read(DatagramBatch into) throws IOException {
        idle.read(into);
        if (handedOut == times) {
            Native.eventFdRead(bell.intValue());
            judged.complete(null);
            return;
        }
        int next = handedOut++ % messages.length;
        int start = into.start(into.count());
        into.buffer().network().put(start, messages[next]);
        if (sequenceAt[next] > 0) { // another connection each time: repeats would take a shorter way to the log
            into.buffer().network().putInt(start + sequenceAt[next], handedOut);
        }
        into.add(messages[next].length);
    }

    @Override
    public boolean write(VerdictBuffer verdicts) {
        return true;
    }

    @Override
    public FileDescriptor descriptor() {
        return bell;
    }

    @Override
    public void close() throws IOException {
        bell.close();
        idle.close();
    }
}
