package io.secgroupd.controlplane.fleet.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param under    the roll-out of an earlier revision that was under way when this one began. Once its first hosts have tried it,
 *                 it goes on for those that this one does not reach yet, so that a revision every few minutes does not keep them
 *                 from any
 * @param edition  with which addresses the hosts get all these revisions, when not with those that the revisions say
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
        Instant accepted,
        Optional<Rollout> under,
        Optional<Edition> edition) {

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
        return new Rollout(
                serial,
                base,
                settings,
                0,
                now,
                Stage.RUNNING,
                why,
                author,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with an edition of its revisions. */
    public Rollout in(Optional<Edition> other) {
        return new Rollout(serial, base, settings, step, since, stage, why, author, accepted, under, other);
    }

    /** The number of the edition; 0 when the hosts get the revisions as they are. */
    public long editionNumber() {
        return edition.map(Edition::number).orElse(0L);
    }

    /** The revisions that hosts have now, the newest first. */
    public List<Long> serials() {
        return Stream.concat(Stream.of(serial), Stream.concat(under.stream().map(Rollout::serial), Stream.of(base)))
                .filter(each -> each > 0)
                .distinct()
                .toList();
    }

    /** Whether no step is over, and more are to follow: no host has been well with it for as long as it is to be watched. */
    public boolean isUntried() {
        return step == 0 && settings.count() > 1;
    }

    /** The same, begun after another one: that goes on under it, or was done before, or is given up. */
    public Rollout after(Rollout earlier) {
        return switch (earlier.stage()) {
            case DONE -> on(earlier.serial(), Optional.empty());
            case RUNNING -> on(earlier.base(), Optional.of(earlier.furthest()));
            case HALTED, FAILED -> on(earlier.base(), earlier.under());
        };
    }

    /** The one that others than its first hosts have; when there is none yet, the newest. */
    private Rollout furthest() {
        return under.filter(older -> !older.isUntried()).orElse(on(base, Optional.empty()));
    }

    /** The same when the one under it has changed. */
    public Rollout with(Rollout changed) {
        return changed.stage() == Stage.DONE ? on(changed.serial(), Optional.empty()) : on(base, Optional.of(changed));
    }

    private Rollout on(long newBase, Optional<Rollout> newUnder) {
        return new Rollout(serial, newBase, settings, step, since, stage, why, author, accepted, newUnder, edition);
    }

    /** The serial of the newest revision before this one that is not known to harm: to that a failed one returns. */
    public long returnsTo() {
        return under.map(Rollout::serial).orElse(base);
    }

    /** The same in its first step, which has other hosts. */
    public Rollout from(RolloutSettings other, Instant now) {
        return new Rollout(serial, base, other, 0, now, stage, why, author, accepted, under, edition);
    }

    /** The next step; after the last, it is done, for all hosts. */
    public Rollout next(Instant now) {
        boolean last = step + 1 == settings.count();
        return new Rollout(
                serial,
                base,
                settings,
                last ? step : step + 1,
                now,
                last ? Stage.DONE : Stage.RUNNING,
                why,
                author,
                accepted,
                last ? Optional.empty() : under,
                edition);
    }

    /** The same, halted by a person. */
    public Rollout halt(String reason, Instant now) {
        return at(Stage.HALTED, now, reason, accepted);
    }

    /** The same, halted by what a host has said. */
    public Rollout fail(String reason, Instant now) {
        return at(Stage.FAILED, now, reason, accepted);
    }

    /** The same, halted because the one under it harms: its own revision is made from that. */
    public Rollout failWithUnder(String reason, Instant now) {
        return on(base, Optional.empty()).fail(reason, now);
    }

    /** The same, on its way again. What hosts have said until now halts it no more. */
    public Rollout resume(Instant now) {
        return at(Stage.RUNNING, now, why, now);
    }

    private Rollout at(Stage newStage, Instant now, String reason, Instant newAccepted) {
        return new Rollout(serial, base, settings, step, now, newStage, reason, author, newAccepted, under, edition);
    }
}
