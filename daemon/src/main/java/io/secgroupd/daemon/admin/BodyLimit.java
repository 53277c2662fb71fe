package io.secgroupd.daemon.admin;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.util.Optional;

/** Refuses a body before it is gathered if its announced or actual length is too large, or there is no room for it. */
final class BodyLimit extends ChannelInboundHandlerAdapter {

    private final Access access;
    private final LargeBodies large;
    private long left;
    private boolean refused;

    BodyLimit(Access access, LargeBodies large) {
        this.access = access;
        this.large = large;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        Optional<Answer> refusal = refused ? Optional.empty() : refusal(context, part);
        if (refusal.isPresent()) {
            refused = true;
            AdminConnection.send(context.channel(), refusal.get());
        }
        if (refused) {
            ReferenceCountUtil.release(part);
        } else {
            context.fireChannelRead(part);
        }
    }

    private Optional<Answer> refusal(ChannelHandlerContext context, Object part) {
        if (part instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            return refusal(context, request);
        }
        if (part instanceof HttpContent content) {
            left -= content.content().readableBytes();
        }
        return left < 0 ? tooLarge() : Optional.empty();
    }

    /** A large body has to be announced, so that it is known beforehand whether there is room for it. */
    private Optional<Answer> refusal(ChannelHandlerContext context, HttpRequest request) {
        long announced = HttpUtil.getContentLength(request, 0L);
        int most = AdminLimits.bodyOf(request.uri(), access);
        left = Math.min(most, Math.max(announced, AdminLimits.POLICY));
        if (announced > most) {
            return tooLarge();
        }
        return announced > AdminLimits.POLICY ? large.objection(context.channel(), announced) : Optional.empty();
    }

    private static Optional<Answer> tooLarge() {
        return Optional.of(
                Answer.error(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the request is larger than allowed"));
    }
}
