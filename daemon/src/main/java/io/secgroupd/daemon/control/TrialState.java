package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Trial.TrialRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which trial is going on. There is none; or one has begun and has a time; or it is held, which gives it more time while its
 * file is being written. It ends when somebody says so, and its time being over is told to who made this. Every change is made
 * under the lock of the control plane; {@link #current} may be asked without it.
 */
final class TrialState {

    private final Consumer<Trial> timeIsOver;
    private volatile @Nullable Trial trial;
    /** The hash of the trial that was held last, while its confirmation is due; or empty. */
    private String held = "";

    /** @param timeIsOver is told on a timer's thread when the time of a trial is over, also when it has ended before */
    TrialState(Consumer<Trial> timeIsOver) {
        this.timeIsOver = timeIsOver;
    }

    Optional<Trial> current() {
        return Optional.ofNullable(trial);
    }

    /**
     * Begins a trial. One that follows another goes back to what was in force, and in the file, before both.
     *
     * @param inForce what comes back without a confirmation
     */
    Trial begin(HostPolicy tried, HostPolicy inForce, TrialRequest asked) {
        Trial earlier = trial;
        var now = new Trial(
                asked,
                tried.hash(),
                earlier == null ? asked.file() : earlier.file(),
                earlier == null ? inForce : earlier.before(),
                SteadyTime.now().plus(asked.time()));
        trial = now;
        held = "";
        tellLater(now, asked.time());
        return now;
    }

    /** Gives the trial of this hash so much time from now, unless it has more. Says why not, if so. */
    Optional<String> hold(String hash, Duration time) {
        Trial now = trial;
        if (now == null || !now.hash().equals(hash)) {
            return Optional.of(notTried(hash));
        }
        held = hash;
        Trial later = now.until(SteadyTime.now().plus(time));
        trial = later;
        tellLater(later, Duration.between(SteadyTime.now(), later.until()));
        return Optional.empty();
    }

    private void tellLater(Trial tried, Duration time) {
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> timeIsOver.accept(tried));
    }

    /** Reports whether the trial of this hash was held and has ended before its file was written. */
    boolean endedWhileHeld(String hash) {
        return trial == null && hash.equals(held);
    }

    /** Ends the trial, if there is one. */
    void end() {
        trial = null;
    }

    /** Ends the trial with its confirmation: nothing is due any more. */
    void settle() {
        trial = null;
        held = "";
    }

    /** Why the candidate of this hash cannot be confirmed. */
    String notTried(String hash) {
        Trial now = trial;
        return now == null
                ? "no candidate is being tried"
                : "the candidate " + HostPolicy.shortHash(hash) + " is not what is being tried; that is "
                        + now.shortHash();
    }
}
