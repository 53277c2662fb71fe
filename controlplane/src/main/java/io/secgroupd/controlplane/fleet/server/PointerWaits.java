package io.secgroupd.controlplane.fleet.server;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** The hosts that wait for another pointer than the one they have. */
final class PointerWaits {

    /**
     * The time is another one for each host, so that those who came at once do not come back at once. It is long enough for ten
     * thousand hosts at rest to ask two hundred times a second, and shorter than the minute after which balancers end a
     * connection that is silent.
     */
    private static final Duration LEAST = Duration.ofSeconds(40);

    private static final Duration MOST = Duration.ofSeconds(50);

    private final Function<String, Optional<Pointer>> pointers;
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private record Wait(String host, String tag, long deadline, CompletableFuture<Optional<Pointer>> answer) {

        boolean isOver() {
            return answer.isDone() || System.nanoTime() - deadline > 0;
        }
    }

    /** @param pointers what a host is to have now */
    PointerWaits(Function<String, Optional<Pointer>> pointers) {
        this.pointers = pointers;
    }

    /**
     * The pointer of a host as soon as it is another one than that which it has, or the same one after a while. While there is
     * none, as between the news of a revision and its reading, the host waits too: an answer that there is nothing would send
     * it away for as long as a server that has failed.
     *
     * @param tag of the one that it has
     */
    CompletableFuture<Optional<Pointer>> await(String host, String tag) {
        var answer = new CompletableFuture<Optional<Pointer>>();
        long nanos = ThreadLocalRandom.current().nextLong(LEAST.toNanos(), MOST.toNanos());
        waits.add(new Wait(host, tag, System.nanoTime() + nanos, answer));
        tell(host, tag, answer); // looked up after it waits, so that no change comes between
        if (ended) {
            answer.complete(pointers.apply(host));
        }
        return answer;
    }

    /** The pointer that a host is to have. */
    Optional<Pointer> now(String host) {
        return pointers.apply(host);
    }

    private void tell(String host, String tag, CompletableFuture<Optional<Pointer>> answer) {
        Optional<Pointer> pointer = pointers.apply(host);
        if (pointer.isPresent() && !pointer.get().tag().equals(tag)) {
            answer.complete(pointer);
        }
    }

    /** Answers those whose pointer has become another one. */
    void wake() {
        waits.forEach(wait -> {
            if (!wait.answer().isDone()) {
                tell(wait.host(), wait.tag(), wait.answer());
            }
        });
        sweep();
    }

    /** Answers those that have waited long enough, and forgets those that have gone. */
    void sweep() {
        waits.removeIf(wait -> {
            boolean over = wait.isOver();
            if (over) {
                wait.answer().complete(pointers.apply(wait.host()));
            }
            return over;
        });
    }

    /** Answers all, as the server ends. Who asks again before it has ended is answered at once, too. */
    void end() {
        ended = true;
        waits.forEach(wait -> wait.answer().complete(pointers.apply(wait.host())));
        waits.clear();
    }
}
