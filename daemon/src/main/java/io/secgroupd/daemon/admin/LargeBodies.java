package io.secgroupd.daemon.admin;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Admits one large body at a time, and none for which the heap has no room: without memory the whole daemon would end, and with it
 * every judgement.
 */
final class LargeBodies {

    /** What the daemon needs besides, in bytes. */
    private static final long OWN_BYTES = 56L << 20;

    private final LongSupplier room;
    private final AtomicBoolean taken = new AtomicBoolean();

    /** @param room how much the heap can still take, in bytes */
    LargeBodies(LongSupplier room) {
        this.room = room;
    }

    /** What the heap can take, once what nobody needs any more has been thrown away. */
    static long roomInHeap() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
    }

    /** Why a body cannot be taken now; when it can, its place is taken until the client is gone. */
    Optional<Answer> objection(Channel client, long length) {
        if (!taken.compareAndSet(false, true)) {
            return Optional.of(Answer.error(
                    HttpResponseStatus.SERVICE_UNAVAILABLE, "another large revision is being taken; try again"));
        }
        client.closeFuture().addListener(closed -> taken.set(false));
        return room.getAsLong() < needed(length) ? Optional.of(noRoom(length)) : Optional.empty();
    }

    /** The body, what it says, and that once more while it is put together. */
    private static long needed(long length) {
        return length + 2 * (length * 3 / 4) + OWN_BYTES;
    }

    private static Answer noRoom(long length) {
        return Answer.error(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                "there is no memory for a request of " + (length >> 20) + " MiB; a larger SECGROUPD_HEAP gives it");
    }
}
