package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Signals.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A control plane without a thread: it looks, and acts, when it is told to. */
public final class SimulatedControl implements Surroundings {

    /** The time of a process. */
    public interface Time {

        /** One that stands still, so that nothing is ever done later. */
        Time STILL = new Time() {
            @Override
            public Instant now() {
                return Instant.EPOCH;
            }

            @Override
            public void after(Duration time, Runnable task) {}
        };

        Instant now();

        /** Runs a task once, unless the process has ended by then. */
        void after(Duration time, Runnable task);
    }

    private final Time time;
    private List<Path> files = List.of();
    private FileFingerprint seen = FileFingerprint.of(List.of());
    private Consumer<Set<Signal>> act = taken -> {};
    private Signals signals = new Signals();

    public SimulatedControl(Time time) {
        this.time = time;
    }

    /** Makes the control plane that these are the surroundings of. */
    public ControlPlane plane(
            PolicyLoader loader,
            HostPolicy first,
            Consumer<PolicyChange> putInForce,
            Consumer<HostPolicy> written,
            Consumer<HostPolicy> readdress) {
        return new ControlPlane(loader, first, putInForce, written, readdress, raised -> {
            signals = raised;
            return this;
        });
    }

    /** Makes what keeps the last good policy, by the time of the process. */
    public LastGoodKeeper keeper(LastGood lastGood, Path rules) {
        return new LastGoodKeeper(lastGood, rules, timers());
    }

    /** Does what the watcher of the files does once they have come to rest. Returns whether they are not as they were. */
    public boolean look() {
        FileFingerprint now = FileFingerprint.of(files);
        boolean changed = !now.equals(seen);
        if (changed) {
            seen = now;
            signals.raise(Signal.FILES);
        }
        return changed;
    }

    /** Acts on all signals, as the control plane's own thread does. */
    public void act() throws InterruptedException {
        while (!signals.isQuiet()) {
            act.accept(signals.take());
        }
    }

    @Override
    public Timers timers() {
        return new Timers() {
            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public void after(Duration later, Runnable task) {
                time.after(Duration.ofMillis(later.toMillis()), task);
            }
        };
    }

    @Override
    public void start(Consumer<Set<Signal>> acting) {
        act = acting;
    }

    @Override
    public boolean follow(Collection<Path> watched) {
        List<Path> next = List.copyOf(watched);
        boolean others = !next.equals(files);
        if (others) {
            files = next;
            seen = FileFingerprint.of(files);
        }
        return others;
    }

    @Override
    public void close() {
        act = taken -> {};
    }
}
