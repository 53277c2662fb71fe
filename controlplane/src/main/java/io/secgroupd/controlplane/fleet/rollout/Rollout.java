package io.secgroupd.controlplane.fleet.rollout;

import java.time.Instant;

/**
 * The way of one revision to the hosts.
 *
 * @param serial   of the revision
 * @param base     the serial of the last roll-out that was done, which all other hosts have meanwhile; 0 when there was none
 * @param step     counts from 0
 * @param since    when the step began, or when the roll-out was halted, resumed or done after that
 * @param why      why it was begun, or halted
 * @param author   who began it
 * @param accepted when a person resumed it last, who knew what the hosts had said until then; else 1970
 */
public record Rollout(
        long serial,
        long base,
        RolloutSettings settings,
        int step,
        Instant since,
        Stage stage,
        String why,
        String author,
        Instant accepted) {

    /** Refuses what no roll-out can be. */
    public Rollout {
        if (base < 0 || serial <= base) {
            throw new IllegalArgumentException("The serial of a roll-out is greater than the one before it.");
        }
        if (step < 0 || step >= settings.count()) {
            throw new IllegalArgumentException("A roll-out has no step " + step + ".");
        }
    }

    /** A roll-out in its first step. */
    public static Rollout begin(
            long serial, long base, RolloutSettings settings, Instant now, String why, String author) {
        return new Rollout(serial, base, settings, 0, now, Stage.RUNNING, why, author, Instant.EPOCH);
    }

    /** The next step; after the last, it is done. */
    public Rollout next(Instant now) {
        return step + 1 < settings.count() ? at(step + 1, now, Stage.RUNNING) : at(step, now, Stage.DONE);
    }

    private Rollout at(int newStep, Instant now, Stage newStage) {
        return new Rollout(serial, base, settings, newStep, now, newStage, why, author, accepted);
    }

    /** The same, halted for a reason. */
    public Rollout halt(String reason, Instant now) {
        return new Rollout(serial, base, settings, step, now, Stage.HALTED, reason, author, accepted);
    }

    /** The same, on its way again. What hosts have said until now halts it no more. */
    public Rollout resume(Instant now) {
        return new Rollout(serial, base, settings, step, now, Stage.RUNNING, why, author, now);
    }
}
