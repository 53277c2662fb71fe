package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Signals.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/** The surroundings of a daemon: the kernel reports changes, and the control plane acts on a thread of its own. */
final class HostSurroundings implements Surroundings {

    private final Signals signals;
    private final FileWatcher files;
    private final AddressWatcher addresses;

    HostSurroundings(Signals signals) {
        this.signals = signals;
        this.files = new FileWatcher(() -> signals.raise(Signal.FILES));
        this.addresses = AddressWatcher.start(() -> signals.raise(Signal.ADDRESSES));
    }

    @Override
    public Timers timers() {
        return Timers.OF_PROCESS;
    }

    @Override
    public void start(Consumer<Set<Signal>> act) {
        files.start();
        var thread = new Thread(() -> actOnSignals(act), "control-plane");
        thread.setDaemon(true);
        thread.start();
    }

    private void actOnSignals(Consumer<Set<Signal>> act) {
        try {
            for (Set<Signal> taken = signals.take(); !taken.contains(Signal.END); taken = signals.take()) {
                act.accept(taken);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(
                    "nobody interrupts this thread: a file that is being read would be cut off", e);
        }
    }

    @Override
    public boolean follow(Collection<Path> watched) {
        return files.follow(watched);
    }

    @Override
    public void close() throws IOException {
        addresses.close();
        files.close();
    }
}
