package io.secgroupd.daemon.faults;

/**
 * A fault that is done here.
 *
 * @param promise what it may do at the worst
 * @param begin   starts the daemon, before the traffic
 * @param fault   is done under traffic
 */
record FaultRow(int number, String name, String what, Promise promise, Fault begin, Fault fault) implements FaultEntry {

    static FaultRow of(int number, String name, String what, Promise promise, Fault fault) {
        return new FaultRow(number, name, what, promise, Scene::start, fault);
    }

    /** The same with another way to start the daemon. */
    FaultRow begunBy(Fault begins) {
        return new FaultRow(number, name, what, promise, begins, fault);
    }

    /** Does it. */
    Outcome run() {
        try (Scene scene = new Scene()) {
            return new FaultRun(this, scene).outcome();
        }
    }
}
