package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.server.SimulatedServer;
import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

/** A place where a control server runs, or one after the other: its line to the store, and its work. */
final class Station {

    private static final long AT_WORK = 1000;
    private static final long AT_REST = 5000;
    private static final long WORKS_PER_DELAY = 150;

    /** So that a sign of life is not missed for that. */
    private static final long LONGEST_DELAY = 15_000;

    private final String name;
    private final LivingFleet fleet;
    private final Line line;
    private Optional<SimulatedServer> server = Optional.empty();
    private RecordLink records;
    private int lives;
    private String told = "";
    private long hearsAt;

    Station(String name, LivingFleet fleet, SplittableRandom random) {
        this.name = name;
        this.fleet = fleet;
        this.line = new Line(random);
        this.records = new RecordLink(fleet.records(), line);
    }

    Optional<SimulatedServer> server() {
        return server;
    }

    /** Cuts the server off from the store, or no longer. */
    void cut(boolean now) {
        told = "";
        fleet.note(name + (now ? " is cut off from the store" : " reaches the store"));
        line.setCut(now);
    }

    void mend() {
        line.mend();
    }

    void start() {
        if (server.isPresent()) {
            return;
        }
        lives++;
        records = new RecordLink(fleet.records(), line);
        try {
            server = Optional.of(new SimulatedServer(
                    name + "-" + lives, new PolicyLink(fleet.policy(), records, line), fleet.clockOfAll()));
            work(lives);
        } catch (IOException e) {
            fleet.note(name + " does not start: " + e.getMessage());
        }
    }

    void crash() {
        server = Optional.empty();
        lives++;
    }

    /** What changes may be told late, though the store is written to meanwhile. */
    private void listen() {
        if (fleet.pause(WORKS_PER_DELAY) == 0) {
            hearsAt = fleet.clock.now() + fleet.pause(LONGEST_DELAY);
        }
        if (fleet.clock.now() >= hearsAt) {
            records.tell();
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private boolean attempt(Task task) {
        try {
            task.run();
            return true;
        } catch (IOException e) {
            tell(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Once, however often it repeats itself. */
    private void tell(String fault) {
        if (!fault.equals(told)) {
            told = fault;
            fleet.note(name + ": " + fault);
        }
    }

    private void work(int life) {
        if (life != lives || server.isEmpty()) {
            return;
        }
        SimulatedServer working = server.get();
        listen();
        boolean unused = attempt(working::drive); // what fails is due again
        working.sweep();
        fleet.promises().driven();
        listen();
        if (attempt(working::serve)) {
            FleetPromises.require(working.isServing(), name + " does not serve what its roll-out needs");
        }
        if (working.hasWoken()) {
            fleet.members().forEach(member -> member.wake(working));
        }
        boolean busy = working.rollout()
                .map(Rollout::stage)
                .filter(Stage.RUNNING::equals)
                .isPresent();
        fleet.after((busy ? AT_WORK : AT_REST) + fleet.pause(300), () -> work(life));
    }
}
