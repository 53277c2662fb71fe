package io.secgroupd.daemon.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client with one request and one answer, and then closes, so that nothing can pile up for a client that
 * asks and does not read. A client that neither asks nor takes its answer in time is disconnected as well.
 */
// A failed write or close ends the connection; there is nothing else to do about it.
@SuppressWarnings("FutureReturnValueIgnored")
final class AdminConnection extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(AdminConnection.class);

    private static final byte[] NOTHING = {};

    private final AdminServer server;
    private final AdminRoutes routes;
    private final Client peer;
    private boolean asked;
    private @Nullable Future<?> deadline;

    AdminConnection(AdminServer server, AdminRoutes routes, Client peer) {
        this.server = server;
        this.routes = routes;
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        startDeadline(context);
    }

    private void startDeadline(ChannelHandlerContext context) {
        long nanos = server.limits().patience().toNanos();
        deadline = context.executor().schedule(() -> context.close(), nanos, TimeUnit.NANOSECONDS);
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (asked) {
            return; // the connection is about to be closed
        }
        asked = true;
        stopDeadline();
        Answer refusal = AdminRoutes.refusal(request, peer.access());
        if (refusal != null) {
            finish(context, refusal);
        } else if (AdminRoutes.isFollow(request)) {
            follow(context, AdminRoutes.isBrief(request));
        } else if (LogQuery.isLog(request)) {
            log(context, request);
        } else if (AdminRoutes.isSlow(request)) {
            answerLater(context, request, ByteBufUtil.getBytes(request.content()));
        } else {
            finish(context, answer(request, NOTHING));
        }
    }

    private void answerLater(ChannelHandlerContext context, HttpRequest request, byte[] body) {
        try {
            server.changes().execute(() -> {
                Answer answer = answer(request, body);
                context.executor().execute(() -> finish(context, answer));
            });
        } catch (RejectedExecutionException full) {
            finish(
                    context,
                    Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many changes wait for their turn"));
        }
    }

    private Answer answer(HttpRequest request, byte[] body) {
        try {
            return routes.answer(request, body, peer.access());
        } catch (OutOfMemoryError noRoom) {
            LOG.error("admin.failed {} {}: there is no memory for it", request.method(), request.uri());
            return Answer.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "there is no memory for this request");
        } catch (RuntimeException fault) {
            LOG.error("admin.failed {} {}", request.method(), request.uri(), fault);
            return Answer.error(HttpResponseStatus.INTERNAL_SERVER_ERROR, "internal error: " + fault);
        }
    }

    private void finish(ChannelHandlerContext context, Answer answer) {
        startDeadline(context);
        send(context.channel(), answer);
    }

    /** Sends the answer and closes the connection. */
    static void send(Channel channel, Answer answer) {
        ByteBuf body = Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (!answer.allow().isEmpty()) {
            response.headers().set(HttpHeaderNames.ALLOW, answer.allow());
        }
        channel.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void follow(ChannelHandlerContext context, boolean brief) {
        if (!server.follow(context.channel(), peer)) {
            finish(
                    context,
                    Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "too many clients follow the flow log"));
            return;
        }
        context.channel().writeAndFlush(linesToCome());
        server.followers().add(context.channel(), brief);
    }

    /** The head of an answer that is written line by line. */
    static HttpResponse linesToCome() {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }

    private void log(ChannelHandlerContext context, HttpRequest request) {
        Optional<Duration> since = LogQuery.since(request);
        if (since.isEmpty()) {
            finish(context, Answer.error(HttpResponseStatus.BAD_REQUEST, LogQuery.USAGE));
            return;
        }
        try {
            server.readLog(context.channel(), since.get());
        } catch (RejectedExecutionException busy) {
            finish(
                    context,
                    Answer.error(
                            HttpResponseStatus.SERVICE_UNAVAILABLE,
                            "the flow log is being read for somebody else: ask again in a moment"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopDeadline();
        context.fireChannelInactive();
    }

    /** A client that breaks off, or speaks another protocol, harms only itself. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("admin.client {}", cause.toString());
        context.channel().close();
    }
}
