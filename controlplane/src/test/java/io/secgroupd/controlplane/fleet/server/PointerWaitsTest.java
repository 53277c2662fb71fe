package io.secgroupd.controlplane.fleet.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PointerWaitsTest {

    private static final Pointer FIRST = pointer(1);
    private static final Pointer SECOND = pointer(2);

    private final AtomicReference<Optional<Pointer>> current = new AtomicReference<>(Optional.of(FIRST));
    private final PointerWaits waits = new PointerWaits(host -> current.get());

    private static Pointer pointer(long serial) {
        return new Pointer(serial, 0, "ab".repeat(32), Optional.empty(), serial + ".tag");
    }

    @Test
    void aHostWaitsForAnotherPointerThanItsOwn() {
        CompletableFuture<Optional<Pointer>> answer = waits.await("web.example", FIRST.tag());
        waits.wake();
        assertThat(answer).isNotDone();

        current.set(Optional.of(SECOND));
        waits.wake();

        assertThat(answer).isCompletedWithValue(Optional.of(SECOND));
    }

    @Test
    void aHostThatHasAnotherPointerIsAnsweredAtOnce() {
        assertThat(waits.await("web.example", SECOND.tag())).isCompletedWithValue(Optional.of(FIRST));
    }

    /** It is told that there is a revision before the revision has been read. */
    @Test
    void betweenTheNewsOfARevisionAndItsReadingAHostWaits() {
        current.set(Optional.empty());
        CompletableFuture<Optional<Pointer>> before = waits.await("db.example", FIRST.tag());
        waits.wake();
        CompletableFuture<Optional<Pointer>> within = waits.await("web.example", FIRST.tag());
        assertThat(before).isNotDone();
        assertThat(within).isNotDone();

        current.set(Optional.of(SECOND));
        waits.wake();

        assertThat(before).isCompletedWithValue(Optional.of(SECOND));
        assertThat(within).isCompletedWithValue(Optional.of(SECOND));
    }

    @Test
    void theEndAnswersAll() {
        CompletableFuture<Optional<Pointer>> answer = waits.await("web.example", FIRST.tag());

        waits.end();

        assertThat(answer).isCompletedWithValue(Optional.of(FIRST));
    }

    /** Otherwise the server, which waits for the answers that are on their way, would wait for one that nobody gives. */
    @Test
    void whoAsksAgainAfterTheEndDoesNotWait() {
        waits.end();

        assertThat(waits.await("web.example", FIRST.tag())).isCompletedWithValue(Optional.of(FIRST));
    }
}
