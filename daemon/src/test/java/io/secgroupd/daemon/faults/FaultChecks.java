package io.secgroupd.daemon.faults;

import io.secgroupd.daemon.testkit.RunningDaemon;

/** Signs that a fault must leave; without one of them the row is broken. */
final class FaultChecks {

    private FaultChecks() {}

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Waits for the end of one that cannot start. */
    static void requireExit(int status, RunningDaemon daemon) {
        int was = daemon.awaitExit();
        require(was == status, "exit " + was + " instead of " + status + ": " + daemon.log());
    }

    static void requireHooks(String before, Scene scene) {
        String now = scene.hooks();
        require(now.equals(before), "the hooks are not those of before: " + now);
    }
}
