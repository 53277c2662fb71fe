package io.secgroupd.daemon.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be in force on a host, by what the manual pages promise: the files, if they are sound; otherwise what was in force;
 * after a start the last good copy; and what is tried, for its time.
 */
final class Promised {

    private static final long MINUTE = 60_000;

    /** @param file the rules file when the trial began, or null when there was none */
    private record Tried(
            Wording candidate,
            Wording before,
            long until,
            @Nullable MainText file) {}

    /** What the copy may be, of which there may be none. */
    private Set<Optional<Wording>> lastGood = Set.of(Optional.empty());

    private Set<Optional<Wording>> lastGoodBefore = lastGood;
    /** What is to be the copy, as soon as the disk takes it. */
    private Optional<Wording> unsaved = Optional.empty();

    private Optional<Wording> inForce = Optional.empty();
    private Optional<Tried> tried = Optional.empty();
    private Optional<Wording> held = Optional.empty();
    private @Nullable MainText main;
    private @Nullable OfficeText office;
    private boolean diskFull;
    /** Whether the files, or the room for their copies, have changed since the last look at the time. */
    private boolean disturbed;

    private long steadySince;

    private boolean mayBeUnread;
    private int killed;

    void wrote(@Nullable MainText text) {
        main = text;
        disturbed = true;
    }

    void wrote(@Nullable OfficeText text) {
        office = text;
        disturbed = true;
    }

    void diskIsFull(boolean full) {
        diskFull = full;
        disturbed = true;
    }

    Optional<Wording> inForce() {
        return inForce;
    }

    Optional<Wording> candidate() {
        return tried.map(Tried::candidate);
    }

    /** The policy that the files have; empty when they have none. */
    Optional<Wording> onDisk() {
        return of(main);
    }

    private Optional<Wording> of(@Nullable MainText text) {
        if (text == null || !text.isSound()) {
            return Optional.empty();
        }
        if (!text.includes()) {
            return Optional.of(new Wording(text, Optional.empty()));
        }
        return Optional.ofNullable(office)
                .filter(included -> !included.broken())
                .map(included -> new Wording(text, Optional.of(included)));
    }

    /** The policies that may be in force after a start; none of them, if the daemon may not have started. */
    Set<Optional<Wording>> afterStart() {
        Set<Optional<Wording>> may = new HashSet<>();
        Optional<Wording> read = onDisk();
        for (Optional<Wording> copy : lastGood) {
            boolean good =
                    read.isPresent() && copy.filter(read.get()::hasEmptied).isEmpty();
            may.add(good ? read : copy);
            if (killed > 1 && copy.isPresent()) {
                may.add(copy);
            }
        }
        return may;
    }

    void started(Optional<Wording> seen) {
        tried = Optional.empty();
        held = Optional.empty();
        inForce = seen;
        mayBeUnread = killed > 1 && !seen.equals(onDisk());
        killed = seen.isPresent() && !mayBeUnread ? 0 : killed; // what is not read is not read by the next one either
        seen.ifPresent(this::keep);
        look(seen);
    }

    /** Marks the begin of something during which the process may be killed. */
    void mark() {
        lastGoodBefore = lastGood;
    }

    /** The process ended during what began at the mark. */
    void killed() {
        mayHaveKeptTheEarlier();
        killed++;
        stopped();
    }

    void stopped() {
        tried = Optional.empty();
        inForce = Optional.empty();
        unsaved = Optional.empty();
    }

    private void keep(Wording good) {
        if (!diskFull) {
            lastGood = Set.of(Optional.of(good));
            unsaved = Optional.empty();
        } else if (!lastGood.equals(Set.of(Optional.of(good)))) {
            unsaved = Optional.of(good);
            disturbed = true;
        }
    }

    /** It is tried again each minute, and succeeds if nobody has written to the files since. */
    private void mayHaveSaved(long now) {
        if (disturbed) {
            disturbed = false;
            steadySince = now;
        }
        if (unsaved.isPresent() && !diskFull) {
            mayBeKept(Set.of(unsaved));
            if (onDisk().equals(unsaved) && now - steadySince > MINUTE) {
                keep(unsaved.get());
            }
        }
    }

    private void mayHaveKeptTheEarlier() {
        mayBeKept(lastGoodBefore);
    }

    private void mayBeKept(Set<Optional<Wording>> others) {
        Set<Optional<Wording>> may = new HashSet<>(lastGood);
        may.addAll(others);
        lastGood = may;
    }

    /** The daemon reads its files, unless something is tried. */
    void look(Optional<Wording> seen) {
        look(onDisk(), seen);
    }

    /** Somebody has written to the files while the daemon read them: it has read the earlier ones or these. */
    void lookWhileWritten(Optional<Wording> earlier, String seen) {
        Optional<Wording> read = Stream.of(onDisk(), earlier)
                .filter(files ->
                        after(files).filter(next -> next.name().equals(seen)).isPresent())
                .findFirst()
                .orElse(onDisk());
        look(read, read);
        mayHaveKeptTheEarlier(); // what was to be copied may have been gone
    }

    /** What is in force after the daemon has read such files. */
    private Optional<Wording> after(Optional<Wording> files) {
        return files.filter(next -> inForce.filter(next::hasEmptied).isEmpty()).or(() -> inForce);
    }

    /** The process ended while it read these files or those that somebody has written meanwhile, or copied them. */
    void killedWhileReading(Optional<Wording> files) {
        if (tried.isEmpty()) {
            mayBeKept(Set.of(after(files)));
            mayBeKept(Set.of(after(onDisk())));
        }
    }

    private void look(Optional<Wording> files, Optional<Wording> seen) {
        if (tried.isPresent() || inForce.isEmpty()) {
            return;
        }
        Optional<Wording> read = files.filter(next -> !next.hasEmptied(inForce.get()));
        if (mayBeUnread && !read.equals(seen)) {
            return; // the files ended the process twice, so they are not read again before they change
        }
        mayBeUnread = false;
        killed = 0;
        read.ifPresent(next -> {
            inForce = read;
            keep(next);
        });
    }

    /** Whether a candidate comes into force. */
    boolean takes(MainText candidate) {
        return of(candidate)
                .filter(next -> !next.hasEmptied(inForce.orElseThrow()))
                .isPresent();
    }

    /** Whether a candidate would let somebody in. */
    boolean admits(MainText candidate, String source, int port, Instant now) {
        return of(candidate).filter(next -> next.admits(source, port, now)).isPresent();
    }

    void tries(MainText candidate, long until) {
        tried.ifPresent(this::settleWritten);
        Tried now = new Tried(
                of(candidate).orElseThrow(),
                tried.map(Tried::before).orElse(inForce.orElseThrow()),
                until,
                tried.isPresent() ? tried.get().file() : main);
        tried = Optional.of(now);
        inForce = Optional.of(now.candidate());
        held = Optional.empty();
    }

    private boolean settleWritten(Tried now) {
        boolean written = !Objects.equals(main, now.file()) && onDisk().equals(Optional.of(now.candidate()));
        if (written) {
            tried = Optional.empty();
            held = Optional.empty();
            keep(now.candidate());
        }
        return written;
    }

    /** The time goes on. */
    void at(long now) {
        mayHaveSaved(now);
        tried.filter(trial -> trial.until() <= now)
                .filter(trial -> !settleWritten(trial))
                .ifPresent(this::rollBack);
    }

    void rollBack() {
        tried.ifPresent(this::rollBack);
    }

    private void rollBack(Tried trial) {
        tried = Optional.empty();
        inForce = Optional.of(trial.before());
        look(onDisk());
    }

    void holds(long until) {
        tried = tried.map(now -> new Tried(now.candidate(), now.before(), Math.max(until, now.until()), now.file()));
        held = candidate();
    }

    /** Somebody confirms a candidate. */
    void confirms(Wording candidate) {
        boolean late = tried.isEmpty() && held.equals(Optional.of(candidate));
        if (late) {
            held = Optional.empty();
            look(onDisk());
        } else if (candidate().equals(Optional.of(candidate)) && onDisk().equals(Optional.of(candidate))) {
            tried = Optional.empty();
            held = Optional.empty();
            keep(candidate);
        }
    }
}
