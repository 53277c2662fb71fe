package io.secgroupd.daemon.netlink;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Reports, on a thread of its own, that the kernel has announced something to its multicast groups. It reports only that
 * something happened: the listener then asks for the current state, so a lost message does no more harm than to make it ask
 * once more.
 */
public final class NetlinkMonitor implements AutoCloseable {

    private static final int CLOSE_SECONDS = 5;

    private final MultiThreadIoEventLoopGroup thread;

    private NetlinkMonitor(String name) {
        thread = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    /** Receives the reports. The monitor's thread calls it. */
    public interface Listener {

        /** Reports whether a message is of interest; its attributes follow the netfilter header. */
        default boolean concerns(int type, AttributeReader attributes) {
            return true;
        }

        /** Something of interest happened, or messages were lost. Called once for all messages that waited. */
        void changed();

        /** The monitor has failed, and no more reports will come. */
        void failed(Exception fault);
    }

    /** Starts a monitor, or fails as the kernel can. */
    @FunctionalInterface
    public interface Opener {
        NetlinkMonitor open(Listener listener) throws IOException;
    }

    /**
     * Starts to listen in the network namespace of the calling thread.
     *
     * @param name the name of the thread
     * @param family one of the {@code NETLINK_} numbers of {@link Netlink}
     * @param groups a mask of the first 32 multicast groups
     */
    public static NetlinkMonitor start(String name, int family, int groups, Listener listener) throws IOException {
        NetlinkSocket socket = NetlinkSocket.open(family, groups);
        NetlinkMonitor monitor = new NetlinkMonitor(name);
        try {
            monitor.thread
                    .next()
                    .register(new Handle(socket, listener))
                    .syncUninterruptibly()
                    .getNow()
                    .submit(EpollIoOps.EPOLLIN);
            return monitor;
        } catch (RuntimeException refused) {
            monitor.close();
            socket.close();
            throw new IOException("the event loop refused a netlink socket", refused);
        }
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }

    /** Hears what there is whenever the event loop finds that there is something. */
    static final class Handle implements EpollIoHandle {

        private final NetlinkChannel socket;
        private final Announcements announcements;

        Handle(NetlinkChannel socket, Listener listener) {
            this.socket = socket;
            this.announcements = new Announcements(socket, listener);
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (!announcements.hear()) {
                registration.cancel();
            }
        }

        @Override
        public FileDescriptor fd() {
            return socket.descriptor();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
