package io.secgroupd.daemon.control;

import java.util.EnumSet;
import java.util.Set;

/** What calls for the control plane, from whichever thread. A signal that is raised again before it was taken is one. */
final class Signals {

    /** One reason to act. */
    enum Signal {
        /** The files differ from what was read, or may. */
        FILES,
        /** Somebody wants the files read, whether they differ or not. */
        ASKED,
        /** The host's addresses may have changed. */
        ADDRESSES,
        /** Nothing is followed any more. */
        END
    }

    private final EnumSet<Signal> raised = EnumSet.noneOf(Signal.class);

    synchronized void raise(Signal signal) {
        raised.add(signal);
        notifyAll();
    }

    /** Waits until there is a signal, and takes all there are. */
    synchronized Set<Signal> take() throws InterruptedException {
        while (raised.isEmpty()) {
            wait();
        }
        var taken = EnumSet.copyOf(raised);
        raised.clear();
        return taken;
    }
}
