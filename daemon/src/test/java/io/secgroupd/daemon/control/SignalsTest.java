package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.control.Signals.Signal;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What calls for the control plane: no signal is lost, and one that is raised twice is one. */
class SignalsTest {

    private final Signals signals = new Signals();

    @Test
    void allThatWasRaisedIsTakenAtOnce() throws InterruptedException {
        signals.raise(Signal.FILES);
        signals.raise(Signal.ADDRESSES);
        signals.raise(Signal.FILES);

        assertThat(signals.take()).containsExactlyInAnyOrder(Signal.FILES, Signal.ADDRESSES);
    }

    @Test
    void whatWasTakenIsNotTakenAgain() throws InterruptedException {
        signals.raise(Signal.FILES);
        signals.take();
        signals.raise(Signal.ASKED);

        assertThat(signals.take()).containsExactly(Signal.ASKED);
    }

    @Test
    void whatWasTakenDoesNotChangeAnyMore() throws InterruptedException {
        signals.raise(Signal.FILES);
        Set<Signal> taken = signals.take();
        signals.raise(Signal.END);

        assertThat(taken).containsExactly(Signal.FILES);
    }

    @Test
    void whoWaitsIsWokenByTheFirst() throws InterruptedException {
        BlockingQueue<Set<Signal>> taken = new ArrayBlockingQueue<>(1);
        var waiting = new Thread(() -> {
            try {
                taken.add(signals.take());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        signals.raise(Signal.END);

        assertThat(taken.poll(30, TimeUnit.SECONDS)).containsExactly(Signal.END);
        waiting.join();
    }
}
