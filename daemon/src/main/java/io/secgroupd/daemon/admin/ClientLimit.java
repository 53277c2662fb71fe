package io.secgroupd.daemon.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** So many clients at a time; the next one is told so and closed. */
final class ClientLimit {

    private static final byte[] BUSY = """
            HTTP/1.1 503 Service Unavailable\r
            Content-Type: application/json\r
            Connection: close\r
            \r
            {"error":"too many clients at a time"}
            """.getBytes(StandardCharsets.US_ASCII);

    private final int most;
    private final AtomicInteger clients = new AtomicInteger();

    ClientLimit(int most) {
        this.most = most;
    }

    boolean admits(Channel client) {
        client.closeFuture().addListener(closed -> clients.decrementAndGet());
        if (clients.incrementAndGet() <= most) {
            return true;
        }
        client.writeAndFlush(Unpooled.wrappedBuffer(BUSY)).addListener(ChannelFutureListener.CLOSE);
        return false;
    }
}
