package io.secgroupd.daemon.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Answers on the admin socket, on one thread of its own, and when asked to, metrics on a TCP port. What takes long is done on
 * a second thread.
 */
public final class AdminServer implements AutoCloseable {

    private static final int CLOSE_SECONDS = 2;
    private static final int IDLE_SECONDS = 10;

    private final AdminRoutes routes;
    private final FlowFollowers followers;
    private final AdminLimits limits;
    private final IntPredicate mayChange;
    private final MultiThreadIoEventLoopGroup thread =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("admin", true), EpollIoHandler.newFactory());
    private final ThreadPoolExecutor changes = new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(AdminLimits.WAITING_CHANGES),
            new DefaultThreadFactory("admin-change", true));

    /** @param mayChange whether the user with this id may change anything */
    AdminServer(AdminApi api, FlowFollowers followers, AdminLimits limits, IntPredicate mayChange) {
        this.routes = new AdminRoutes(api);
        this.followers = followers;
        this.limits = limits;
        this.mayChange = mayChange;
    }

    /** A server that nobody can reach yet. Only root may change anything. */
    public AdminServer(AdminApi api, FlowFollowers followers) {
        this(api, followers, AdminLimits.DEFAULT, uid -> uid == 0);
    }

    /**
     * Answers on the socket from now on.
     *
     * @throws IOException when the socket cannot be made, or another daemon answers on it
     */
    public AdminServer listen(SocketFile socket) throws IOException {
        socket.requireUnused();
        Path unready = socket.unready();
        bind(EpollServerDomainSocketChannel.class, new DomainSocketAddress(unready.toString()));
        socket.publish(unready);
        return this;
    }

    /** Serves metrics, and nothing else, on a TCP port from now on. Returns the address, with the port if it was 0. */
    public InetSocketAddress serveMetrics(InetSocketAddress address) throws IOException {
        return (InetSocketAddress) bind(EpollServerSocketChannel.class, address).localAddress();
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address) throws IOException {
        var clients = new ClientLimit(limits.clients());
        ChannelFuture bound = new ServerBootstrap()
                .group(thread)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, AdminLimits.BACKLOG)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) throws IOException {
                        if (clients.admits(client)) {
                            serve(client);
                        }
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    address + " cannot be listened on: " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    private void serve(Channel client) throws IOException {
        Access access = accessOf(client);
        client.pipeline()
                .addLast(new HttpServerCodec(AdminLimits.LINE, AdminLimits.HEADERS, AdminLimits.CHUNK))
                .addLast(new BodyLimit(access))
                .addLast(new HttpObjectAggregator(AdminLimits.POLICY))
                .addLast(new AdminConnection(this, access));
    }

    /** The file's mode has let in root and the group alone; the kernel says which of them this is. */
    private Access accessOf(Channel client) throws IOException {
        if (client instanceof EpollDomainSocketChannel local) {
            return mayChange.test(local.peerCredentials().uid()) ? Access.CHANGE : Access.READ;
        }
        return Access.METRICS;
    }

    AdminRoutes routes() {
        return routes;
    }

    FlowFollowers followers() {
        return followers;
    }

    AdminLimits limits() {
        return limits;
    }

    Executor changes() {
        return changes;
    }

    /** Closes every connection. The socket's file is closed by whoever made it. */
    @Override
    public void close() {
        changes.shutdownNow();
        thread.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
