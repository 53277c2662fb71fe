package io.secgroupd.controlplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one connection: one request after the other, so that answers have the order of the requests. While a request is
 * worked on, no more is read than had arrived with it, and that waits.
 */
// A failed write or close ends the connection; there is nothing else to do about it.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    /** Sent through the pipeline when the server closes. */
    static final Object CLOSING = new Object();

    /** What the connection does. */
    private enum Stage {
        /** It waits for the head of a request. */
        WAITING,
        /** It gathers the body. */
        READING,
        /** The request is worked on, or its answer is sent. */
        ANSWERING,
        /** The client was refused in the middle of a request, and what it still sends is thrown away. */
        DISCARDING
    }

    private final RequestHead heads;
    private final HttpLimits limits;
    private final Workers workers;
    private final Patience patience;
    private final Queue<Object> arrived = new ArrayDeque<>();
    private final ByteBuf body;
    private Stage stage = Stage.WAITING;
    private @Nullable HttpRequest head;
    private boolean closing;

    HttpConnection(RequestHead heads, HttpLimits limits, Workers workers, Patience patience) {
        this.heads = heads;
        this.limits = limits;
        this.workers = workers;
        this.patience = patience;
        this.body = Unpooled.buffer(0, limits.body());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        arrived.add(part);
        goOn(context);
    }

    private void goOn(ChannelHandlerContext context) {
        while (stage != Stage.ANSWERING && !arrived.isEmpty()) {
            Object part = arrived.remove();
            try {
                take(context, part);
            } finally {
                ReferenceCountUtil.release(part);
            }
        }
        context.channel().config().setAutoRead(stage != Stage.ANSWERING);
    }

    private void take(ChannelHandlerContext context, Object part) {
        if (stage == Stage.WAITING && part instanceof HttpRequest request) {
            begin(context, request);
        }
        if (stage == Stage.READING && part instanceof HttpContent content) {
            add(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        head = request;
        body.clear();
        Optional<HttpRefusal> refusal = heads.refusal(request, here(context).getAddress());
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
            return;
        }
        stage = Stage.READING;
        if (RequestHead.awaitsContinue(request)) {
            context.writeAndFlush(Answers.goOn());
        }
    }

    private void add(ChannelHandlerContext context, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(context, RequestHead.unreadable(content.decoderResult().cause()));
        } else if (content.content().readableBytes() > limits.body() - body.readableBytes()) {
            refuse(context, RequestHead.tooLarge());
        } else {
            body.writeBytes(content.content());
            if (content instanceof LastHttpContent && head != null) {
                answer(context, head);
            }
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        stage = Stage.ANSWERING;
        patience.stop();
        byte[] bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        body.clear().capacity(0); // the next request of this connection is a small one as a rule
        var call = new HttpCall(
                HttpTarget.of(request.method().name(), request.uri()),
                RequestHead.fields(request),
                bytes,
                (InetSocketAddress) context.channel().remoteAddress(),
                here(context));
        boolean taken = workers.answer(
                call, reply -> context.executor().execute(() -> send(context, reply, HttpUtil.isKeepAlive(request))));
        if (!taken) {
            HttpReply busy = workers.refusal(new HttpRefusal(503, "Too many requests wait for their turn."));
            send(context, busy.with("Retry-After", "1"), false);
        }
    }

    private static InetSocketAddress here(ChannelHandlerContext context) {
        return (InetSocketAddress) context.channel().localAddress();
    }

    private void send(ChannelHandlerContext context, HttpReply reply, boolean goesOn) {
        boolean keepAlive = goesOn && !closing;
        write(context, reply, keepAlive).addListener(sent -> {
            if (!sent.isSuccess() || !keepAlive) {
                context.close();
            } else {
                next(context);
            }
        });
    }

    private ChannelFuture write(ChannelHandlerContext context, HttpReply reply, boolean keepAlive) {
        patience.answer(context);
        boolean bodyless = head != null && head.method().equals(HttpMethod.HEAD);
        return context.writeAndFlush(Answers.of(reply, Instant.now(), bodyless, keepAlive));
    }

    private void next(ChannelHandlerContext context) {
        stage = Stage.WAITING;
        if (closing) {
            context.close();
            return;
        }
        patience.idle(context);
        goOn(context);
    }

    /** Refuses a request of which more may be on its way, so it is not known where the next one begins. */
    private void refuse(ChannelHandlerContext context, HttpRefusal refusal) {
        stage = Stage.DISCARDING;
        write(context, workers.refusal(refusal), false).addListener(sent -> {
            patience.discard(context);
            if (context.channel() instanceof SocketChannel socket
                    && context.pipeline().get(SslHandler.class) == null) {
                socket.shutdownOutput();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == CLOSING) {
            closing = true;
            if (stage == Stage.WAITING) {
                context.close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        patience.stop();
        arrived.forEach(ReferenceCountUtil::release);
        arrived.clear();
        context.fireChannelInactive();
    }

    /** A client that breaks off, or speaks another protocol, harms only itself. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("http.client {}", cause.toString());
        context.close();
    }
}
