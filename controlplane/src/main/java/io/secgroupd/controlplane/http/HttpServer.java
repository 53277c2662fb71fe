package io.secgroupd.controlplane.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server, with TLS or on a loopback address. One thread serves all connections and reads requests; a few others
 * answer them.
 */
public final class HttpServer implements AutoCloseable {

    private final HttpLimits limits;
    private final Optional<SslContext> tls;
    private final RequestHead heads;
    private final Workers workers;
    private final ClientSlots slots;
    private final BodyRoom room;
    private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final MultiThreadIoEventLoopGroup thread =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
    private final Channel listening;

    private HttpServer(HttpServerSettings settings, HttpLimits limits, HttpEndpoint endpoint, Optional<SslContext> tls)
            throws IOException {
        this.limits = limits;
        this.tls = tls;
        this.heads = new RequestHead(new HostCheck(settings.hosts()), limits);
        this.workers = new Workers(endpoint, limits);
        this.slots = new ClientSlots(limits.connections(), limits.connectionsOfOne());
        this.room = new BodyRoom(limits.bodies());
        this.listening = bind(settings.listen());
    }

    /**
     * Starts to answer.
     *
     * @throws IOException with a sentence for the operator: the address cannot be listened on, or the files of TLS cannot be
     *                     used
     */
    public static HttpServer start(HttpServerSettings settings, HttpLimits limits, HttpEndpoint endpoint)
            throws IOException {
        Optional<SslContext> tls = Optional.empty();
        if (settings.tls().isPresent()) {
            tls = Optional.of(TlsContext.of(settings.tls().get()));
        }
        return new HttpServer(settings, limits, endpoint, tls);
    }

    private Channel bind(InetSocketAddress address) throws IOException {
        ChannelFuture bound = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        admit(client);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            endThread();
            throw new IOException(
                    address + " cannot be listened on: " + bound.cause().getMessage(), bound.cause());
        }
        return bound.channel();
    }

    // A close that fails has nothing left to close.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void admit(SocketChannel client) {
        if (!slots.takes(client, client.remoteAddress().getAddress())) {
            client.close();
            return;
        }
        clients.add(client);
        var patience = new Patience(limits);
        tls.ifPresent(context -> client.pipeline().addLast(handshake(context, client)));
        client.pipeline()
                .addLast(patience)
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(HttpLimits.LINE)
                        .setMaxHeaderSize(limits.head())
                        .setMaxChunkSize(HttpLimits.CHUNK)))
                .addLast(new HttpConnection(heads, new RequestBody(limits, room), workers, patience));
    }

    private SslHandler handshake(SslContext context, SocketChannel client) {
        var handler = context.newHandler(client.alloc());
        handler.setHandshakeTimeoutMillis(limits.request().toMillis());
        return handler;
    }

    /** The address that is listened on, with the actual port if 0 was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /** The number of connections that are open. */
    int connections() {
        return clients.size();
    }

    /**
     * Takes no more connections and requests, waits for the answers that are on their way as long as the limits say, and
     * then closes what is left.
     */
    @Override
    public void close() {
        listening.close().awaitUninterruptibly();
        for (Channel client : clients) {
            client.pipeline().fireUserEventTriggered(HttpConnection.CLOSING);
        }
        clients.newCloseFuture().awaitUninterruptibly(limits.drain().toMillis());
        workers.close();
        endThread();
    }

    private void endThread() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
