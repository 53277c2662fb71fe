package io.secgroupd.daemon.control;

import java.util.EnumSet;
import java.util.Set;

/**
 * Collects the reasons for the control plane to act, from any thread. A signal raised twice before it is taken counts once.
 */
final class Signals {

    /** A reason to act. */
    enum Signal {
        /** The files may differ from what was read. */
        FILES,
        /** Somebody asks to read the files, changed or not. */
        ASKED,
        /** The host's addresses may have changed. */
        ADDRESSES,
        /** Rules may have expired, or live again. */
        CLOCK,
        /** The control plane is to stop. */
        END
    }

    private final EnumSet<Signal> raised = EnumSet.noneOf(Signal.class);

    synchronized void raise(Signal signal) {
        raised.add(signal);
        notifyAll();
    }

    /** Reports whether there is none. */
    synchronized boolean isQuiet() {
        return raised.isEmpty();
    }

    /** Waits until there is a signal, and takes all that were raised. */
    synchronized Set<Signal> take() throws InterruptedException {
        while (isQuiet()) {
            wait();
        }
        var taken = EnumSet.copyOf(raised);
        raised.clear();
        return taken;
    }
}
