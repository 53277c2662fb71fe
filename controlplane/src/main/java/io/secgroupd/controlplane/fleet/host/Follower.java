package io.secgroupd.controlplane.fleet.host;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.host.RevisionIntake.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the pointer again and again, and takes what it names. All of it happens on one thread. */
final class Follower implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final FeedClient feed;
    private final RevisionIntake revisions;
    private final HostDaemon daemon;
    private final Refusals refusals;
    private final PullTimes times;
    private final Backoff backoff;
    private final Stop stop;

    private final Reports reports = new Reports();
    private final ServerFaults faults = new ServerFaults();
    private final Told told = new Told();
    private Optional<String> tag = Optional.empty();
    private Optional<FirstMinute> minute = Optional.empty();
    private Optional<HostReport> fault = Optional.empty();
    private volatile @Nullable FeedCall<Pointer> waiting;

    Follower(
            FeedClient feed,
            RevisionIntake revisions,
            HostDaemon daemon,
            Refusals refusals,
            PullTimes times,
            Backoff backoff,
            Stop stop) {
        this.feed = feed;
        this.revisions = revisions;
        this.daemon = daemon;
        this.refusals = refusals;
        this.times = times;
        this.backoff = backoff;
        this.stop = stop;
    }

    @Override
    public void run() {
        while (!stop.isStopped()) {
            try {
                round();
                told.well();
                backoff.reset();
            } catch (FeedFailedException e) {
                failed(e);
            } catch (ServerLostException e) {
                failed(String.valueOf(e.getMessage()), backoff.lost());
            } catch (UnsoundServerException e) {
                tag = Optional.empty(); // the next server may name the same, and is to answer at once
                faults.add(e.fault());
                failed(String.valueOf(e.getMessage()), backoff.next());
            } catch (IOException e) {
                tag = Optional.empty(); // so that the next server answers at once
                failed(String.valueOf(e.getMessage()), backoff.next());
            } catch (RuntimeException | VirtualMachineError | LinkageError e) {
                LOG.error("pull.defect: a fault of the program; this goes on after a while", e);
                tag = Optional.empty();
                failed(e.toString(), times.most());
            }
        }
    }

    /** Ends the wait for a pointer. A revision that is being handed over comes to its end first. */
    void wake() {
        FeedCall<Pointer> call = waiting;
        if (call != null) {
            call.cancel();
        }
    }

    private void failed(FeedFailedException e) {
        tag = Optional.empty();
        Duration own = e.isNothing() ? backoff.none() : backoff.next();
        failed(String.valueOf(e.getMessage()), own.compareTo(e.after()) < 0 ? backoff.jittered(e.after()) : own);
    }

    /** Thousands lose their server at once: each asks the next one for what is new, and not for what it has. */
    private void failed(String sentence, Duration pause) {
        if (!stop.isStopped()) {
            told.failed(sentence);
            feed.turnToNext();
            stop.pause(pause);
        }
    }

    private void round() throws IOException {
        revisions.settle().forEach(reports::add);
        reports.send(feed);
        long begun = System.nanoTime();
        Pointer pointer = pointer();
        note();
        take(pointer);
        faults.send(feed);
        if (tag.equals(Optional.of(pointer.tag()))
                && System.nanoTime() - begun < times.least().toNanos()) {
            stop.pause(backoff.jittered(times.least())); // a server that does not wait is not asked all the time
        }
        tag = Optional.of(pointer.tag());
    }

    private Pointer pointer() throws IOException {
        FeedCall<Pointer> call = feed.pointer(tag);
        waiting = call;
        if (stop.isStopped()) {
            call.cancel(); // the end came just before it could be seen
        }
        try {
            Optional<Pointer> pointer = call.await(minute.map(FirstMinute::rest).orElse(FOR_EVER));
            if (pointer.isPresent()) {
                return pointer.get();
            }
            minuteIsOver();
            return call.get();
        } finally {
            call.cancel(); // which does nothing to one that has been answered
        }
    }

    private void minuteIsOver() throws IOException {
        Optional<FirstMinute> over = minute;
        minute = Optional.empty();
        if (over.isPresent()) {
            over.get().over(daemon).ifPresent(reports::add);
            reports.send(feed);
            rest();
        }
    }

    /** A policy was read, and the connection of the proof was used, and neither is needed again for days. */
    private static void rest() {
        System.gc();
    }

    /** Once the daemon has been asked in vain, nothing is known of its minute. */
    private void note() {
        try {
            refusals.note(daemon.state(), System.nanoTime());
        } catch (IOException e) {
            LOG.debug("The daemon does not say how it stands", e);
        }
    }

    private void take(Pointer pointer) throws IOException {
        try {
            Optional<Outcome> outcome = revisions.take(pointer);
            fault = Optional.empty();
            if (outcome.isPresent()) {
                minute = outcome.get().minuteAfter(minute);
                reports.add(outcome.get().report());
                reports.send(feed);
                if (minute.isEmpty()) {
                    rest();
                }
            }
        } catch (HostFaultException e) {
            HostReport report = revisions.fault(pointer, e);
            if (!fault.equals(Optional.of(report))) {
                reports.add(report);
            }
            fault = Optional.of(report);
            throw e;
        }
    }
}
