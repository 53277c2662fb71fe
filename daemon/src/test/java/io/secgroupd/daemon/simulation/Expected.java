package io.secgroupd.daemon.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must be in force on a host, by what the manual pages promise: the files, if they are sound; otherwise what was in force;
 * after a start the last good copy; and what is tried, for its time.
 */
final class Expected {

    /** @param file the rules file when the trial began, or null when there was none */
    private record Tried(
            Version candidate,
            Version before,
            long until,
            @Nullable MainText file) {}

    /** What the copy may be, of which there may be none. */
    private final Set<Optional<Version>> lastGood = new HashSet<>(Set.of(Optional.empty()));

    private final Set<Optional<Version>> lastGoodBefore = new HashSet<>();
    private Optional<Version> inForce = Optional.empty();
    private Optional<Tried> tried = Optional.empty();
    private Optional<Version> held = Optional.empty();
    private @Nullable MainText main;
    private @Nullable OfficeText office;
    private boolean diskFull;
    private boolean mayBeUnread;
    private int killed;

    void wrote(@Nullable MainText text) {
        main = text;
    }

    void wrote(@Nullable OfficeText text) {
        office = text;
    }

    void diskIsFull(boolean now) {
        diskFull = now;
    }

    Optional<Version> inForce() {
        return inForce;
    }

    Optional<Version> candidate() {
        return tried.map(Tried::candidate);
    }

    /** The policy that the files have; empty when they have none. */
    Optional<Version> onDisk() {
        return of(main);
    }

    private Optional<Version> of(@Nullable MainText text) {
        if (text == null || !text.isSound()) {
            return Optional.empty();
        }
        if (!text.includes()) {
            return Optional.of(new Version(text, Optional.empty()));
        }
        return Optional.ofNullable(office)
                .filter(included -> !included.broken())
                .map(included -> new Version(text, Optional.of(included)));
    }

    /** The policies that may be in force after a start; none of them, if the daemon may not have started. */
    Set<Optional<Version>> afterStart() {
        Set<Optional<Version>> may = new HashSet<>();
        Optional<Version> read = onDisk();
        for (Optional<Version> copy : lastGood) {
            boolean good =
                    read.isPresent() && copy.filter(read.get()::hasEmptied).isEmpty();
            may.add(good ? read : copy);
            if (killed > 1 && copy.isPresent()) {
                may.add(copy);
            }
        }
        return may;
    }

    void started(Optional<Version> seen) {
        tried = Optional.empty();
        held = Optional.empty();
        inForce = seen;
        mayBeUnread = killed > 1 && !seen.equals(onDisk());
        killed = seen.isPresent() ? 0 : killed;
        seen.ifPresent(this::keep);
        look(seen);
    }

    /** Marks the begin of something during which the process may be killed. */
    void mark() {
        lastGoodBefore.clear();
        lastGoodBefore.addAll(lastGood);
    }

    /** The process ended during what began at the mark. */
    void killed() {
        lastGood.addAll(lastGoodBefore);
        killed++;
        stopped();
    }

    void stopped() {
        tried = Optional.empty();
        inForce = Optional.empty();
    }

    private void keep(Version good) {
        if (!diskFull) {
            lastGood.clear();
            lastGood.add(Optional.of(good));
        }
    }

    /** The daemon reads its files, unless something is tried. */
    void look(Optional<Version> seen) {
        if (tried.isPresent() || inForce.isEmpty()) {
            return;
        }
        Optional<Version> read = onDisk().filter(next -> !next.hasEmptied(inForce.get()));
        if (mayBeUnread && !read.equals(seen)) {
            return; // the files ended the process twice, so they are not read again before they change
        }
        mayBeUnread = false;
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
        boolean written = main != now.file() && onDisk().equals(Optional.of(now.candidate()));
        if (written) {
            tried = Optional.empty();
            held = Optional.empty();
            keep(now.candidate());
        }
        return written;
    }

    /** The time goes on. */
    void at(long now) {
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
    void confirms(Version candidate) {
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
