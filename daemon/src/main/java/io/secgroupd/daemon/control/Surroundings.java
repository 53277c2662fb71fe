package io.secgroupd.daemon.control;

import io.secgroupd.daemon.control.Signals.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;

/** What gives a control plane reasons to act: the files, the addresses and the time. */
interface Surroundings extends AutoCloseable {

    Timers timers();

    /** Begins to raise signals, and gives those that are raised to {@code act}, one set after the other. */
    void start(Consumer<Set<Signal>> act);

    /**
     * Watches these files from now on. Returns whether the set of files is new: such files were read before anyone watched
     * them, so they need another look.
     */
    boolean follow(Collection<Path> files);

    @Override
    void close() throws IOException;
}
