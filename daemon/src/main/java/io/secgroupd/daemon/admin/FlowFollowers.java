package io.secgroupd.daemon.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.secgroupd.daemon.flowlog.FlowTap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that read the flow log as it is written. Each may lag by a limited amount; one that lags further is dropped,
 * so that no client slows the writer or fills the memory.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a client whose channel fails is closed: there is nothing else to do
public final class FlowFollowers implements FlowTap {

    /** The number of bytes that may wait for one client: some 3000 lines. */
    static final long MOST_PENDING = 1 << 20;

    private final List<FollowingClient> followers = new CopyOnWriteArrayList<>();
    private final List<FollowingClient> briefly = new CopyOnWriteArrayList<>();

    private record FollowingClient(Channel channel, AtomicLong pending) {

        void take(byte[] lines) {
            if (pending.addAndGet(lines.length) > MOST_PENDING) {
                channel.close();
                return;
            }
            channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(lines)))
                    .addListener(written -> pending.addAndGet(-lines.length));
        }
    }

    /** Passes all lines to the channel from now on, until it is closed; or so many as anybody can look at. */
    void add(Channel channel, boolean brief) {
        var follower = new FollowingClient(channel, new AtomicLong());
        List<FollowingClient> others = brief ? briefly : followers;
        others.add(follower);
        channel.closeFuture().addListener(closed -> others.remove(follower));
    }

    int count() {
        return followers.size() + briefly.size();
    }

    @Override
    public boolean isOpen() {
        return !followers.isEmpty();
    }

    @Override
    public void lines(byte[] lines) {
        followers.forEach(follower -> follower.take(lines));
    }

    @Override
    public boolean isBriefOpen() {
        return !briefly.isEmpty();
    }

    @Override
    public void briefLines(byte[] lines) {
        briefly.forEach(follower -> follower.take(lines));
    }
}
