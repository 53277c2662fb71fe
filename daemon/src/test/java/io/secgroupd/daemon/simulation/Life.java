package io.secgroupd.daemon.simulation;

import io.secgroupd.daemon.control.HostPolicy;
import io.secgroupd.daemon.control.SimulatedControl;
import io.secgroupd.daemon.dataplane.SimulatedPath;
import io.secgroupd.daemon.flowlog.SimulatedLog;
import io.secgroupd.daemon.service.SimulatedDaemon;
import io.secgroupd.daemon.testkit.FlowLogFiles;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A daemon from its start until it is stopped or killed. What it asked to be done later is not done after its end. */
final class Life implements SimulatedControl.Time {

    static final String HOST = "10.0.0.1";
    private static final Path FULL = Path.of("/dev/full");
    /** Above the numbers of all files that the log itself turns over. */
    private static final int PUT_AWAY = 5000;

    private final SimulatedClock clock;
    private final Path log;
    private final SimulatedDaemon daemon;
    private final SimulatedLog flowLog;
    private final SimulatedPath path;
    private boolean ended;
    private @Nullable HostPolicy named;
    private String name = "";
    private int putAway;

    /** @param number of this life on its host */
    Life(Path directory, int number, SimulatedClock clock, SimulatedDisk disk) {
        this.clock = clock;
        this.log = directory.resolve("flows-" + number + ".log");
        this.daemon = new SimulatedDaemon(new SimulatedDaemon.Host(
                directory.resolve("rules.yaml"),
                directory.resolve("state"),
                Set.of(IpAddress.ipv4(0x0a000001)),
                clock::wall,
                this,
                disk));
        this.flowLog = new SimulatedLog(
                log, () -> clock.wall().toEpochMilli(), () -> TimeUnit.MILLISECONDS.toNanos(clock.now()));
        this.path = new SimulatedPath(daemon.active(), flowLog.ring());
    }

    SimulatedDaemon daemon() {
        return daemon;
    }

    @Override
    public Instant now() {
        return clock.steady();
    }

    @Override
    public void after(Duration time, Runnable task) {
        clock.after(time, () -> {
            if (!ended) {
                task.run();
            }
        });
    }

    /** Does everything that there is a reason for. */
    void act() {
        try {
            daemon.act();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a simulation", e);
        }
    }

    void writeLog() {
        flowLog.write();
    }

    boolean passes(int hook, byte[] packet) throws IOException {
        return path.passes(hook, packet);
    }

    /** How the policy in force names itself. It is asked for at each of the looks of a day, and seldom another one. */
    @SuppressWarnings("ReferenceEquality")
    String nameOfInForce() {
        HostPolicy now = daemon.inForce();
        if (now != named) {
            named = now;
            name = nameOf(now.sound().written());
        }
        return name;
    }

    private static String nameOf(Policy written) {
        return Objects.requireNonNull(written.securityGroups().get("sg-web")).description() + "/"
                + Objects.requireNonNull(written.prefixLists().get("pl-office")).description();
    }

    /** From now on the disk of the log is full, or has room again. */
    void fillLog(boolean full) throws IOException {
        if (Files.isSymbolicLink(log)) {
            Files.delete(log);
        } else if (Files.exists(log)) {
            Files.move(log, Path.of(log.toString().replace(".log", "." + (PUT_AWAY + putAway++) + ".log")));
        }
        if (full) {
            Files.createSymbolicLink(log, FULL);
        }
    }

    void kill() {
        ended = true;
    }

    /** Ends in good order. Returns what is wrong with the log; empty when each decision is in it, or counted as lost. */
    String stop() throws IOException {
        ended = true;
        fillLog(false);
        flowLog.stop();
        long logged = Files.exists(log) || putAway > 0 ? FlowLogFiles.decisionsIn(log) : 0;
        return logged == path.decisions()
                ? ""
                : "the log tells of " + logged + " decisions, and there were " + path.decisions();
    }
}
