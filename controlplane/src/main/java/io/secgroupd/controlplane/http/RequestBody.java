package io.secgroupd.controlplane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/** Gathers the body of a request, as long as there is room for it. */
final class RequestBody {

    private final HttpLimits limits;
    private final BodyRoom room;
    private final ByteBuf bytes;
    private int taken;

    RequestBody(HttpLimits limits, BodyRoom room) {
        this.limits = limits;
        this.room = room;
        this.bytes = Unpooled.buffer(0, limits.body());
    }

    /** Adds what has arrived, or says why not. */
    Optional<HttpRefusal> add(ByteBuf part) {
        int more = part.readableBytes();
        if (more > limits.body() - taken) {
            return Optional.of(RequestHead.tooLarge());
        }
        if (!room.take(more)) {
            return Optional.of(new HttpRefusal(503, "Too many large requests arrive at once."));
        }
        taken += more;
        bytes.writeBytes(part);
        return Optional.empty();
    }

    /** All of it. The room is kept until the request is answered. */
    byte[] whole() {
        var all = new byte[bytes.readableBytes()];
        bytes.readBytes(all);
        bytes.clear().capacity(0); // the next request of this connection is a small one as a rule
        return all;
    }

    /** Forgets it, and gives its room back. */
    void forget() {
        bytes.clear();
        room.give(taken);
        taken = 0;
    }
}
