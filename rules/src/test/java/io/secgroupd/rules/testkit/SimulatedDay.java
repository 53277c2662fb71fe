package io.secgroupd.rules.testkit;

import java.io.IOException;
import java.time.Duration;

/** What happens in a simulation by one seed, on one thread. Its days share nothing, so that each processor can have one. */
public interface SimulatedDay extends AutoCloseable {

    /**
     * Lives it.
     *
     * @throws AssertionError with what is not as it must be
     */
    void run() throws IOException;

    /** What happened last. */
    Iterable<String> history();

    /** How often was looked whether all is as it must be. */
    long looks();

    /** How much time went by in it. */
    Duration time();

    /** Takes away what it has left behind. */
    @Override
    default void close() {}
}
