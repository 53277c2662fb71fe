package io.secgroupd.daemon.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.secgroupd.daemon.admin.AdminRoutes.Access;
import java.nio.charset.StandardCharsets;

/**
 * Limits the number of simultaneous clients; a further client is told so and disconnected. However many readers there
 * are, root is answered.
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
     * Creates a limit.
     *
     * @param most      the number of clients of root, and as many again of all others
     * @param mostOfOne the number of clients of each other user
     */
    ClientLimit(int most, int mostOfOne) {
        this.ofRoot = new Slots(most, most);
        this.ofOthers = new Slots(most, mostOfOne);
    }

    private Slots slots(Client peer) {
        return peer.access() == Access.CHANGE ? ofRoot : ofOthers;
    }

    /** Takes a slot until the client is gone; returns false when none is free. */
    boolean takes(Channel client, Client peer) {
        Slots slots = slots(peer);
        boolean free = slots.take(peer.uid());
        if (free) {
            client.closeFuture().addListener(closed -> slots.free(peer.uid()));
        }
        return free;
    }

    /** Takes a slot until the client is gone, or tells the client that none is free and closes it. */
    boolean admits(Channel client, Client peer) {
        boolean free = takes(client, peer);
        if (!free) {
            client.writeAndFlush(Unpooled.wrappedBuffer(BUSY)).addListener(ChannelFutureListener.CLOSE);
        }
        return free;
    }
}
