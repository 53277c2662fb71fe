package io.secgroupd.daemon.shadow;

import io.secgroupd.rules.decide.PacketFilter;
import io.secgroupd.rules.file.PolicyFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the candidate, its clock and what it was found to do across starts of the daemon. A new difference is stored within a
 * second, figures every half minute and at the end, so a crash loses half a minute of those. Safe for several threads.
 */
public final class ShadowKeeper implements AutoCloseable {

    /** A single end may have been a power cut, which is no fault of the files. */
    private static final int READINGS = 2;

    private final ShadowStore store;
    private final StoredReport stored;
    private final InstantSource clock;
    private final ShadowLedger ledger = new ShadowLedger();
    /** Replaced under the lock, and read without it: a status must not wait for a disk. */
    private volatile @Nullable Judged judged;

    /** The first digits of the candidate that is meant when it ends. */
    private String hash = "";

    private boolean faultTold;

    /** What is judged, and what an operator has accepted of it. */
    private record Judged(ShadowCandidate candidate, Set<String> accepted) {}

    /**
     * @param state the directory of the daemon's state
     * @param clock by which a candidate begins and ends
     */
    public ShadowKeeper(Path state, InstantSource clock) {
        this.store = new ShadowStore(state.resolve("shadow"));
        this.stored = new StoredReport(store, clock);
        this.clock = clock;
    }

    /** Where the packet loops get the candidate from. */
    public ShadowLedger ledger() {
        return ledger;
    }

    /** The time by which candidates begin and end. */
    public Instant now() {
        return clock.instant();
    }

    /** What is known about the candidate; empty when none is judged. */
    public Optional<ShadowReport> report() {
        Judged now = judged;
        return now == null
                ? Optional.empty()
                : Optional.of(new ShadowReport(now.candidate(), ledger.totals(), now.accepted()));
    }

    /**
     * Begins with a candidate.
     *
     * @param places turns the place of a rule of the candidate into the one that the operator knows
     * @throws IOException when it cannot be stored; it has not begun then
     */
    public synchronized void begin(
            ShadowCandidate next, PolicyFiles files, PacketFilter filter, UnaryOperator<String> places)
            throws IOException {
        var first = new ShadowReport(next, ShadowTotals.NOTHING, Set.of());
        store.begin(files, first);
        go(first, filter, places);
        ShadowEvents.begun(next);
    }

    /** Goes on with the candidate of an earlier start. */
    public synchronized void resume(ShadowReport from, PacketFilter filter, UnaryOperator<String> places) {
        go(from, filter, places);
        ShadowEvents.resumed(from.candidate());
    }

    private void go(ShadowReport from, PacketFilter filter, UnaryOperator<String> places) {
        stored.is(from);
        faultTold = false;
        ledger.begin(filter, from.totals(), places);
        store.forgetReadings();
        hash = from.candidate().shortHash();
        judged = new Judged(from.candidate(), from.accepted());
    }

    /** Goes on with the same candidate as it is for other addresses of the host, or at another time. */
    public synchronized void change(PacketFilter filter) {
        ledger.change(filter);
    }

    /**
     * The report of an earlier start, whose candidate is not judged yet; empty without one.
     *
     * @throws IOException when it cannot be read
     */
    public synchronized Optional<ShadowReport> ofEarlierStart() throws IOException {
        Optional<ShadowReport> before = store.report();
        hash = before.map(report -> report.candidate().shortHash()).orElse("");
        return before;
    }

    /**
     * Notes that the files of the candidate are about to be read at a start. Returns false when the process has ended twice while
     * it read them, so that they must not be read once more.
     *
     * @throws IOException when that cannot be noted
     */
    public synchronized boolean mayRead() throws IOException {
        return store.countReading() <= READINGS;
    }

    /**
     * The files of the candidate as they were when it began.
     *
     * @param rules the absolute path of the rules file
     * @throws IOException when they cannot be read
     */
    public synchronized PolicyFiles files(Path rules) throws IOException {
        return store.files(rules);
    }

    /** Notes that an operator has accepted these differences. */
    public synchronized void accept(Set<String> ids) {
        Judged now = judged;
        if (now != null) {
            var all = new HashSet<>(now.accepted());
            all.addAll(ids);
            judged = new Judged(now.candidate(), Set.copyOf(all));
            report().ifPresent(stored::write);
        }
    }

    /** Reports whether the time of the candidate is over. */
    public boolean isOver() {
        Judged now = judged;
        return now != null && now.candidate().isOver(clock.instant());
    }

    /** Reports whether a policy is the candidate. */
    public boolean isCandidate(String policy) {
        Judged now = judged;
        return now != null && now.candidate().hash().equals(policy);
    }

    /**
     * Ends the candidate and forgets what is stored of it.
     *
     * @param because a clause that says why
     */
    public synchronized void end(ShadowEnd how, String because) {
        judged = null;
        ledger.end();
        try {
            store.end();
        } catch (IOException e) {
            ShadowEvents.notForgotten(e);
        }
        ShadowEvents.ended(hash, how, because);
    }

    /** Stores what is new, when it is time to. To be called once a second. */
    public synchronized void look() {
        ledger.tidy();
        report().ifPresent(now -> {
            tellFault(now.totals());
            stored.follow(now);
        });
    }

    private void tellFault(ShadowTotals totals) {
        if (totals.faults() > 0 && !faultTold) {
            ShadowEvents.failed();
            faultTold = true;
        }
    }

    /** Stores everything; the candidate goes on with the next start. */
    @Override
    public synchronized void close() {
        report().ifPresent(stored::write);
    }
}
