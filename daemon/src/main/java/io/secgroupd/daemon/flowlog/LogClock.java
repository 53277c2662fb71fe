package io.secgroupd.daemon.flowlog;

import java.util.function.LongSupplier;

/**
 * The clocks of a flow log.
 *
 * @param epochMillis the wall clock, whose time the lines bear
 * @param nanoTime counts what passes between two events, and is never set
 */
record LogClock(LongSupplier epochMillis, LongSupplier nanoTime) {

    /** Those of this host. */
    static final LogClock SYSTEM = new LogClock(System::currentTimeMillis, System::nanoTime);
}
