package io.secgroupd.controlplane.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client is too slow. It stands before the decoder, since a client that sends one byte of a header
 * line now and then lets the decoder say nothing.
 */
// A failed close ends the connection as well.
@SuppressWarnings("FutureReturnValueIgnored")
final class Patience extends ChannelInboundHandlerAdapter {

    private final HttpLimits limits;
    private boolean idle;
    private @Nullable Future<?> deadline;

    Patience(HttpLimits limits) {
        this.limits = limits;
    }

    /** A request must be here as a whole in time. A new connection is for a request; a handshake of TLS counts in. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        await(context, limits.request());
    }

    /** The next request may take longer to begin. */
    void idle(ChannelHandlerContext context) {
        await(context, limits.idle());
        idle = true;
    }

    /** An answer must be taken in time. */
    void answer(ChannelHandlerContext context) {
        await(context, limits.request());
    }

    /** A refused client may send for a moment more. */
    void discard(ChannelHandlerContext context) {
        await(context, HttpLimits.DISCARD);
    }

    /** It is on us. */
    void stop() {
        idle = false;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void await(ChannelHandlerContext context, Duration time) {
        stop();
        deadline = context.executor().schedule(() -> context.channel().close(), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (idle) {
            await(context, limits.request());
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stop();
    }
}
