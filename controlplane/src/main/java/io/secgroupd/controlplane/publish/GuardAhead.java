package io.secgroupd.controlplane.publish;

import io.secgroupd.controlplane.publish.LocalDaemon.PlannedPolicy;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Asks the daemon about a candidate while that is still being checked here: each of the two reads the whole policy, which for
 * a large one takes most of the time of a change.
 */
final class GuardAhead {

    private final LocalDaemon daemon;
    private @Nullable Question asked;

    private record Question(String hash, FutureTask<Optional<String>> answer) {}

    GuardAhead(LocalDaemon daemon) {
        this.daemon = daemon;
    }

    /** Asks, and does not wait for the answer. */
    void ask(PlannedPolicy candidate) {
        var answer = new FutureTask<>(() -> daemon.objection(candidate));
        asked = new Question(candidate.hash(), answer);
        var thread = new Thread(answer, "guard");
        thread.setDaemon(true);
        thread.start();
    }

    /** The answer for a candidate; the daemon is asked now if the question before was about another one. */
    Optional<String> objection(PlannedPolicy candidate) {
        Question before = asked;
        if (before == null || !before.hash().equals(candidate.hash())) {
            return daemon.objection(candidate);
        }
        try {
            return before.answer().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("the program ends");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the daemon could not be asked", e.getCause());
        }
    }
}
