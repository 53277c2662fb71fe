package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Trial.TrialRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the current trial. There is none; or one has begun and has a time limit; or it is held, which gives it more time
 * while its file is being written. A trial ends only when the owner ends it; the owner is told when the time is over. Every
 * change is made under the lock of the control plane; {@link #current} needs no lock.
 */
final class TrialState {

    private final Consumer<Trial> timeIsOver;
    private final Timers timers;
    private volatile @Nullable Trial trial;
    /** The hash of the trial that was last held and is still to be confirmed; or empty. */
    private String held = "";

    /** @param timeIsOver called on a timer's thread when a trial's time is over, even if the trial has ended before */
    TrialState(Consumer<Trial> timeIsOver, Timers timers) {
        this.timeIsOver = timeIsOver;
        this.timers = timers;
    }

    Optional<Trial> current() {
        return Optional.ofNullable(trial);
    }

    /**
     * Begins a trial. If it follows another trial, it goes back to the policy and the file from before both.
     *
     * @param inForce the policy that comes back without a confirmation
     */
    Trial begin(HostPolicy tried, HostPolicy inForce, TrialRequest asked) {
        Trial earlier = trial;
        var now = new Trial(
                asked,
                tried.hash(),
                earlier == null ? asked.file() : earlier.file(),
                earlier == null ? inForce : earlier.before(),
                timers.now().plus(asked.time()));
        trial = now;
        held = "";
        tellLater(now, asked.time());
        return now;
    }

    /**
     * Gives the trial with this hash at least this much time from now. Returns why that is not possible; empty on success.
     */
    Optional<String> hold(String hash, Duration time) {
        Trial now = trial;
        if (now == null || !now.hash().equals(hash)) {
            return Optional.of(notTried(hash));
        }
        held = hash;
        Trial later = now.until(timers.now().plus(time));
        trial = later;
        tellLater(later, Duration.between(timers.now(), later.until()));
        return Optional.empty();
    }

    private void tellLater(Trial tried, Duration time) {
        timers.after(time, () -> timeIsOver.accept(tried));
    }

    /** Reports whether the trial with this hash was held but ended before its file was written. */
    boolean endedWhileHeld(String hash) {
        return trial == null && hash.equals(held);
    }

    /** Ends the trial, if there is one. */
    void end() {
        trial = null;
    }

    /** Ends the trial as confirmed, so that no confirmation is awaited any more. */
    void settle() {
        trial = null;
        held = "";
    }

    /** Says why the candidate with this hash cannot be confirmed. */
    String notTried(String hash) {
        Trial now = trial;
        return now == null
                ? "no candidate is being tried"
                : "the candidate " + HostPolicy.shortHash(hash) + " is not what is being tried; that is "
                        + now.shortHash();
    }
}
