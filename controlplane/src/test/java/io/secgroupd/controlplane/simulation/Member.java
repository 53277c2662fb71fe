package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.server.SimulatedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A host of the fleet, as {@code secgroupd pull} follows its control servers. */
final class Member {

    private static final long CALL_MILLIS = 20_000;
    private static final long MINUTE_MILLIS = 60_000;
    private static final long USUAL = 10;
    private static final long FAR_MORE = 100_000;

    private final String name;
    private final LivingFleet fleet;
    private final ArrayDeque<HostReport> reports = new ArrayDeque<>();
    private int server;
    private int lives;
    private boolean up;
    private long downSince;
    private Optional<SimulatedServer> waitsAt = Optional.empty();
    private Optional<String> tag = Optional.empty();
    private Optional<Pointer> refused = Optional.empty();
    private long serial;

    Member(String name, LivingFleet fleet, int server) {
        this.name = name;
        this.fleet = fleet;
        this.server = server;
    }

    String name() {
        return name;
    }

    /** The serial of what it has in force; 0 for what it was installed with. */
    long serial() {
        return serial;
    }

    /** It begins to follow. */
    void start() {
        if (!up) {
            up = true;
            lives++;
            tag = Optional.empty();
            later(fleet.pause(20_000), this::round);
        }
    }

    /** Whether it went down before a time, and has not come back. */
    boolean isDownSince(long time) {
        return !up && downSince < time;
    }

    void stop() {
        leave();
        if (up) {
            downSince = fleet.clock.now();
        }
        up = false;
        lives++;
        reports.clear();
    }

    /** What was asked to be done later is not done by another life, nor twice. */
    private void later(long millis, Runnable task) {
        int life = lives;
        fleet.after(millis, () -> {
            if (up && life == lives) {
                task.run();
            }
        });
    }

    private void round() {
        Optional<SimulatedServer> reached = fleet.reach(name, server);
        if (reached.isEmpty()) {
            turnToNext();
        } else if (!reports.isEmpty()) {
            tell(reached.get(), reports.element());
        } else {
            ask(reached.get());
        }
    }

    private void turnToNext() {
        leave();
        server++;
        later(1000 + fleet.pause(20_000), this::round);
    }

    private void tell(SimulatedServer reached, HostReport report) {
        CompletableFuture<Void> told = reached.report(name, report);
        int life = lives;
        var answered = new boolean[1];
        var unused = told.whenComplete((done, fault) -> {
            if (up && life == lives && !answered[0]) {
                answered[0] = true;
                if (fault == null) {
                    reports.remove(report);
                    later(10, () -> isAcknowledged(report));
                } else {
                    later(1000 + fleet.pause(5000), this::round);
                }
            }
        });
        later(CALL_MILLIS, () -> {
            if (!answered[0]) {
                answered[0] = true;
                turnToNext();
            }
        });
    }

    private void isAcknowledged(HostReport report) {
        fleet.promises().acknowledged(name, report);
        round();
    }

    private void ask(SimulatedServer reached) {
        Optional<Pointer> pointer = reached.waits(name);
        waitsAt = Optional.of(reached);
        if (isNews(pointer)) {
            later(50 + fleet.pause(500), () -> answer(reached));
        } else {
            later(40_000 + fleet.pause(10_000), () -> answer(reached));
        }
    }

    private boolean isNews(Optional<Pointer> pointer) {
        return pointer.isPresent() && !tag.equals(pointer.map(Pointer::tag));
    }

    /** A server has something else for those who wait. */
    void wake(SimulatedServer woken) {
        if (waitsAt.equals(Optional.of(woken)) && isNews(woken.pointer(name))) {
            later(50 + fleet.pause(500), () -> answer(woken));
        }
    }

    /** The answer to what it has waited for, if it still does. */
    private void answer(SimulatedServer from) {
        if (!waitsAt.equals(Optional.of(from))) {
            return;
        }
        leave();
        if (!fleet.reach(name, server).equals(Optional.of(from))) {
            turnToNext();
            return;
        }
        try {
            Optional<Pointer> pointer = from.pointer(name);
            if (pointer.isEmpty()) {
                later(5000 + fleet.pause(5000), this::round);
            } else {
                take(from, pointer.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void leave() {
        waitsAt.ifPresent(left -> left.leaves(name));
        waitsAt = Optional.empty();
    }

    private void take(SimulatedServer from, Pointer pointer) throws IOException {
        if (pointer.serial() < serial) {
            turnToNext(); // another one may know more
            return;
        }
        boolean known = pointer.serial() == serial
                || refused.filter(before -> before.serial() == pointer.serial()
                                && before.manifest().equals(pointer.manifest()))
                        .isPresent();
        if (known) {
            tag = Optional.of(pointer.tag());
            later(10, this::round);
            return;
        }
        Optional<Manifest> manifest = from.manifest(pointer);
        if (manifest.isEmpty()) {
            later(1000, this::round);
            return;
        }
        tag = Optional.of(pointer.tag());
        tryOut(pointer, fleet.promises().tries(name, pointer, manifest.get()));
    }

    /** Tries a revision, as the daemon of the host would. */
    private void tryOut(Pointer pointer, Effect effect) {
        switch (effect) {
            case UNSOUND, REFUSED -> refuse(pointer, Result.REFUSED, "its test fails");
            case CUTS_OFF -> later(15_000, () -> refuse(pointer, Result.TAKEN_BACK, "no server is reached"));
            case ENDS_HOST -> stop();
            default -> later(fleet.pause(3000), () -> prove(pointer, effect));
        }
    }

    /** Over a new connection a server must be reached. */
    private void prove(Pointer pointer, Effect effect) {
        boolean reached = fleet.reachesAny(name);
        if (!reached) {
            later(15_000, () -> refuse(pointer, Result.TAKEN_BACK, "no server is reached"));
            return;
        }
        FleetPromises.require(pointer.serial() > serial, name + " goes from " + serial + " to " + pointer.serial());
        serial = pointer.serial();
        HostReport report = report(Result.IN_FORCE, pointer, "");
        reports.add(report);
        later(MINUTE_MILLIS, () -> {
            if (serial == pointer.serial()) {
                reports.add(report.after(effect == Effect.REFUSES_MORE ? FAR_MORE : USUAL));
                hurry();
            }
        });
        round();
    }

    private void refuse(Pointer pointer, Result result, String why) {
        refused = Optional.of(pointer);
        reports.add(report(result, pointer, why));
        round();
    }

    /** What is to be told is told at once, and not when the next news comes. */
    private void hurry() {
        if (waitsAt.isPresent()) {
            leave();
            round();
        }
    }

    private static HostReport report(Result result, Pointer pointer, String why) {
        OptionalLong before = result == Result.IN_FORCE ? OptionalLong.of(USUAL) : OptionalLong.empty();
        return new HostReport(
                result, pointer.serial(), pointer.edition(), "", why, before, OptionalLong.empty(), "simulated");
    }
}
