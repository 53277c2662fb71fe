package io.secgroupd.daemon.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.secgroupd.daemon.admin.AdminRoutes.Access;

/** Refuses a body before it is gathered if its announced or actual length is too large. */
final class BodyLimit extends ChannelInboundHandlerAdapter {

    private final Access access;
    private long left;
    private boolean refused;

    BodyLimit(Access access) {
        this.access = access;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (!refused && exceeds(part)) {
            refused = true;
            AdminConnection.send(
                    context,
                    Answer.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the request is larger than allowed"));
        }
        if (refused) {
            ReferenceCountUtil.release(part);
        } else {
            context.fireChannelRead(part);
        }
    }

    private boolean exceeds(Object part) {
        if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            left = AdminLimits.bodyOf(request.uri(), access);
            return HttpUtil.getContentLength(request, 0L) > left;
        }
        if (part instanceof HttpContent content) {
            left -= content.content().readableBytes();
        }
        return left < 0;
    }
}
