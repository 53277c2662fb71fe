package io.secgroupd.daemon.faults;

import java.time.Duration;

/**
 * What a fault may do at the worst. That a shut door stays shut, that the established connection goes on, and that no policy is
 * half in force, is promised by every row and not repeated.
 *
 * @param gap    how long an open door may let nobody in
 * @param open   how long a shut door may answer; nothing unless somebody takes the hooks away
 * @param counts what the counters must account for
 */
record Promise(Duration gap, Duration open, Counts counts) {

    /** What has to be true of sent = recorded + lost records + dropped by cause. */
    enum Counts {
        /** To the packet, and no record is lost. */
        EXACT,
        /** To the packet; records may be lost, and their number is known. */
        EXACT_WITH_LOSS,
        /** The daemon was away for a time, and what came meanwhile was judged by nobody; nothing is counted twice. */
        AWAY,
        /** The fault makes first packets of its own or takes some away, so nothing is to be compared. */
        FREE
    }

    private static final int LENIENCY = 10;

    static Promise gapOf(int millis) {
        return new Promise(Duration.ofMillis(millis), Duration.ZERO, Counts.EXACT);
    }

    Promise openFor(int millis) {
        return new Promise(gap, Duration.ofMillis(millis), counts);
    }

    Promise counting(Counts what) {
        return new Promise(gap, open, what);
    }

    /** The same with ten times the time, for a machine of which nothing is known. */
    Promise onAnyMachine() {
        return new Promise(gap.multipliedBy(LENIENCY), open.multipliedBy(LENIENCY), counts);
    }
}
