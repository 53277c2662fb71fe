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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Answers on the admin socket and, on request, serves metrics on a TCP port. The socket has its own thread; requests
 * that take long are handled on a second one, and the flow log is read on a third.
 */
public final class AdminServer implements AutoCloseable {

    private static final int CLOSE_SECONDS = 2;
    private static final int IDLE_SECONDS = 10;

    private final AdminApi api;
    private final AdminRoutes routes;
    private final FlowFollowers followers;
    private final AdminLimits limits;
    private final ClientLimit following;
    private final LargeBodies large = new LargeBodies(LargeBodies::roomInHeap);
    private final IntPredicate mayChange;
    private final MultiThreadIoEventLoopGroup thread = thread("admin");
    private final List<MultiThreadIoEventLoopGroup> threads = new CopyOnWriteArrayList<>(List.of(thread));
    private final ThreadPoolExecutor changes = new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(AdminLimits.WAITING_CHANGES),
            new DefaultThreadFactory("admin-change", true));
    /** It reads the flow log for one client at a time: nobody can have the files read over and over side by side. */
    private final ThreadPoolExecutor log = new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("admin-log", true));

    /** @param mayChange whether the user with the given id may change anything */
    AdminServer(AdminApi api, FlowFollowers followers, AdminLimits limits, IntPredicate mayChange) {
        this.api = api;
        this.routes = new AdminRoutes(api);
        this.followers = followers;
        this.limits = limits;
        this.following = limits.followerLimit();
        this.mayChange = mayChange;
    }

    /** Creates a server that nobody can reach yet. Only root may change anything. */
    public AdminServer(AdminApi api, FlowFollowers followers) {
        this(api, followers, AdminLimits.DEFAULT, uid -> uid == 0);
    }

    /**
     * Starts to answer on the socket.
     *
     * @throws IOException when the socket cannot be made, or another daemon answers on it
     */
    public AdminServer listen(SocketFile socket) throws IOException {
        return listen(socket, uid -> mayChange.test(uid) ? Access.CHANGE : Access.READ);
    }

    /**
     * Starts to answer on a socket for control servers. Whoever can connect there has their right and no other, root too.
     *
     * @throws IOException when the socket cannot be made, or another daemon answers on it
     */
    public AdminServer listenForControl(SocketFile socket) throws IOException {
        return listen(socket, uid -> Access.CONTROL);
    }

    /**
     * Starts to answer on a socket for {@code secgroupd pull}. Whoever can connect there has its right and no other, root
     * too.
     *
     * @throws IOException when the socket cannot be made, or another daemon answers on it
     */
    public AdminServer listenForPull(SocketFile socket) throws IOException {
        return listen(socket, uid -> Access.PULL);
    }

    private AdminServer listen(SocketFile socket, IntFunction<Access> access) throws IOException {
        socket.requireUnused();
        Path unready = socket.unready();
        bind(
                thread,
                routes,
                limits.clientLimit(),
                EpollServerDomainSocketChannel.class,
                new DomainSocketAddress(unready.toString()),
                access);
        socket.publish(unready);
        return this;
    }

    /**
     * Starts to serve metrics, and nothing else, on a TCP port. Anyone may connect there, so it has its own thread and
     * a flood of requests does not delay the socket. Returns the address, with the actual port if it was 0.
     */
    public InetSocketAddress serveMetrics(InetSocketAddress address) throws IOException {
        MultiThreadIoEventLoopGroup own = thread("metrics");
        threads.add(own);
        var clients = new ClientLimit(limits.clients(), limits.clients()); // TCP clients cannot be told apart
        return (InetSocketAddress)
                bind(own, new AdminRoutes(api), clients, EpollServerSocketChannel.class, address, uid -> Access.METRICS)
                        .localAddress();
    }

    private static MultiThreadIoEventLoopGroup thread(String name) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), EpollIoHandler.newFactory());
    }

    private Channel bind(
            MultiThreadIoEventLoopGroup on,
            AdminRoutes answers,
            ClientLimit clients,
            Class<? extends ServerChannel> type,
            SocketAddress address,
            IntFunction<Access> access)
            throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(on)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, AdminLimits.BACKLOG)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) throws IOException {
                        Client peer = peer(client, access);
                        if (clients.admits(client, peer)) {
                            serve(client, answers, peer);
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

    private void serve(Channel client, AdminRoutes answers, Client peer) {
        client.pipeline()
                .addLast(new HttpServerCodec(AdminLimits.LINE, AdminLimits.HEADERS, AdminLimits.CHUNK))
                .addLast(new BodyLimit(peer.access(), large))
                .addLast(aggregator())
                .addLast(new AdminConnection(this, answers, peer));
    }

    private static HttpObjectAggregator aggregator() {
        var aggregator = new HttpObjectAggregator(AdminLimits.REVISION);
        aggregator.setMaxCumulationBufferComponents(AdminLimits.PIECES);
        return aggregator;
    }

    /** The file's mode admits only root and the group; the kernel reports which of them the client is. */
    private static Client peer(Channel client, IntFunction<Access> access) throws IOException {
        if (client instanceof EpollDomainSocketChannel local) {
            int uid = local.peerCredentials().uid();
            return new Client(uid, access.apply(uid));
        }
        return Client.BY_TCP;
    }

    /** Returns false when too many clients follow already, in total or of this user. */
    boolean follow(Channel client, Client peer) {
        return following.takes(client, peer);
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

    /**
     * Sends what the flow log has of the last time, on a thread of its own.
     *
     * @throws RejectedExecutionException when it is being read for another client
     */
    void readLog(Channel client, Duration since) {
        var answer = new LogAnswer(client, limits.patience(), LogAnswer.LONGEST);
        log.execute(() -> answer.send(api, Instant.now().minus(since)));
    }

    /** Closes every connection. The code that made the socket's file must close it. */
    @Override
    public void close() {
        changes.shutdownNow();
        log.shutdownNow();
        for (MultiThreadIoEventLoopGroup each : threads) {
            each.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                    .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
