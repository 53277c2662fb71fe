package io.secgroupd.daemon.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.nio.charset.StandardCharsets;

/**
 * Limits the number of clients at a time; a further one is told so and closed. However many readers there are, root is
 * answered.
 */
final class ClientLimit {

    private static final byte[] BUSY = """
            HTTP/1.1 503 Service Unavailable\r
            Content-Type: application/json\r
            Content-Length: 39\r
            Connection: close\r
            \r
            {"error":"too many clients at a time"}
            """.getBytes(StandardCharsets.US_ASCII);

    private final Slots ofRoot;
    private final Slots ofOthers;

    /**
     * A limit.
     *
     * @param most      of root, and as many again of all others
     * @param mostOfOne of each of the others
     */
    ClientLimit(int most, int mostOfOne) {
        this.ofRoot = new Slots(most, most);
        this.ofOthers = new Slots(most, mostOfOne);
    }

    private Slots slots(Client peer) {
        return peer.access() == Access.CHANGE ? ofRoot : ofOthers;
    }

    /** Takes a slot until the client is gone; false when there is none. */
    boolean takes(Channel client, Client peer) {
        Slots slots = slots(peer);
        boolean free = slots.take(peer.uid());
        if (free) {
            client.closeFuture().addListener(closed -> slots.free(peer.uid()));
        }
        return free;
    }

    /** Takes a slot until the client is gone, or tells it that there is none and closes it. */
    boolean admits(Channel client, Client peer) {
        boolean free = takes(client, peer);
        if (!free) {
            client.writeAndFlush(Unpooled.wrappedBuffer(BUSY)).addListener(ChannelFutureListener.CLOSE);
        }
        return free;
    }
}
