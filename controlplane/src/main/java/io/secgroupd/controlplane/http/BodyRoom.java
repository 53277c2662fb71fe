package io.secgroupd.controlplane.http;

import java.util.concurrent.atomic.AtomicInteger;

/** The memory that bodies of requests may take together, so that many connections cannot take more than a few need. */
final class BodyRoom {

    private final AtomicInteger free;

    /** @param bytes of all bodies at a time */
    BodyRoom(int bytes) {
        this.free = new AtomicInteger(bytes);
    }

    /** Takes room, or none when there is not enough. */
    boolean take(int bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void give(int bytes) {
        free.addAndGet(bytes);
    }
}
