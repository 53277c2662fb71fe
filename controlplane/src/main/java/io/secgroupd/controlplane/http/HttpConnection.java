package io.secgroupd.controlplane.http;

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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
    private final Workers workers;
    private final Patience patience;
    private final Queue<Object> arrived = new ArrayDeque<>();
    private final RequestBody body;
    private Stage stage = Stage.WAITING;
    private @Nullable HttpRequest head;
    private @Nullable CompletableFuture<HttpReply> awaited;
    private boolean closing;

    HttpConnection(RequestHead heads, RequestBody body, Workers workers, Patience patience) {
        this.heads = heads;
        this.body = body;
        this.workers = workers;
        this.patience = patience;
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
        // While a client only waits, it is read from, so that its end is noticed; what else it sends waits, and ends
        // the reading.
        boolean waits = awaited != null && arrived.isEmpty();
        context.channel().config().setAutoRead(stage != Stage.ANSWERING || waits);
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
        body.forget();
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
            return;
        }
        Optional<HttpRefusal> refusal = body.add(content.content());
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else if (content instanceof LastHttpContent && head != null) {
            answer(context, head);
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        stage = Stage.ANSWERING;
        patience.stop();
        var call = new HttpCall(
                HttpTarget.of(request.method().name(), request.uri()),
                RequestHead.fields(request),
                body.whole(),
                (InetSocketAddress) context.channel().remoteAddress(),
                here(context),
                CertifiedNames.of(context.pipeline().get(SslHandler.class)));
        Consumer<HttpReply> then =
                reply -> context.executor().execute(() -> send(context, reply, HttpUtil.isKeepAlive(request)));
        Optional<CompletableFuture<HttpReply>> later = workers.later(call, then);
        awaited = later.orElse(null);
        if (later.isEmpty() && !workers.answer(call, then)) {
            HttpReply busy = workers.refusal(new HttpRefusal(503, "Too many requests wait for their turn."));
            send(context, busy.with("Retry-After", "1"), false);
        }
    }

    private static InetSocketAddress here(ChannelHandlerContext context) {
        return (InetSocketAddress) context.channel().localAddress();
    }

    private void send(ChannelHandlerContext context, HttpReply reply, boolean goesOn) {
        awaited = null;
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
        body.forget();
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
        body.forget();
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
        body.forget();
        if (awaited != null) {
            awaited.cancel(false);
        }
        context.fireChannelInactive();
    }

    /** A client that breaks off, or speaks another protocol, harms only itself. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("http.client {}", cause.toString());
        context.close();
    }
}
