package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.testkit.SimulatedDay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A day in the life of a fleet: revisions good and bad, crashes and partitions, in an order drawn from a seed. */
final class FleetDay implements SimulatedDay {

    private static final int SERVERS = 3;
    private static final List<Effect> HARM =
            Stream.of(Effect.values()).filter(effect -> effect != Effect.GOOD).toList();
    private static final int STEPS = 60;
    private static final long LONGEST_PAUSE = Duration.ofMinutes(45).toMillis();
    private static final long LONGEST_EDIT = Duration.ofMinutes(10).toMillis();
    private static final long HEALING = Duration.ofHours(1).toMillis();

    private final SplittableRandom random;
    private final LivingFleet fleet;

    FleetDay(long seed) throws IOException {
        random = new SplittableRandom(seed);
        fleet = new LivingFleet(random.split(), SERVERS);
    }

    @Override
    public Iterable<String> history() {
        return fleet.history();
    }

    @Override
    public long looks() {
        return fleet.promises().looks();
    }

    @Override
    public Duration time() {
        return fleet.clock.time();
    }

    @Override
    public void run() {
        sleep(Duration.ofMinutes(5).toMillis());
        for (int step = 0; step < STEPS; step++) {
            act();
            sleep(random.nextInt(3) == 0 ? random.nextLong(LONGEST_PAUSE) : random.nextLong(90_000));
        }
        heal();
    }

    private void sleep(long millis) {
        long end = fleet.clock.now() + millis;
        boolean more = true;
        while (more) {
            more = fleet.clock.runUntil(end);
        }
    }

    private void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> publish(Effect.GOOD);
            case 3, 4 -> publish(HARM.get(random.nextInt(HARM.size())));
            case 5 -> station().crash();
            case 6 -> station().cut(true);
            case 7 -> station().cut(false);
            case 8 -> stopHosts();
            case 9 ->
                fleet.members().forEach(host -> {
                    if (random.nextInt(3) > 0) {
                        host.start();
                    }
                });
            case 10 -> cutHosts();
            default -> fleet.stations().forEach(Station::start);
        }
    }

    private void publish(Effect effect) {
        fleet.operators().edit(effect, random.nextInt(4) == 0 ? random.nextLong(LONGEST_EDIT) : 0);
    }

    private Station station() {
        return fleet.stations().get(random.nextInt(SERVERS));
    }

    private void stopHosts() {
        fleet.note("some hosts stop");
        fleet.members().stream().filter(host -> random.nextInt(10) == 0).forEach(Member::stop);
    }

    private void cutHosts() {
        int station = random.nextInt(SERVERS);
        fleet.members().forEach(host -> fleet.cut(host.name(), station, random.nextInt(6) == 0));
    }

    /** Once nothing is broken any more, all hosts come to what was published last. */
    private void heal() {
        fleet.mendAll();
        fleet.stations().forEach(Station::start);
        fleet.members().forEach(Member::start);
        fleet.note("all is mended");
        sleep(HEALING);
        FleetPromises.require(!fleet.promises().isLeft(), "a revision that has failed is not taken back");
        fleet.members().forEach(Member::start); // those that have tried what ends a host
        Revision last = fleet.operators().publishGood();
        sleep(HEALING);
        List<String> others = fleet.members().stream()
                .filter(host -> host.serial() != last.serial())
                .map(host -> host.name() + " has " + host.serial())
                .toList();
        FleetPromises.require(
                others.isEmpty(), "after all is mended and " + last.serial() + " was published, " + others);
        FleetPromises.require(
                fleet.promises()
                        .rollout()
                        .filter(rollout -> rollout.serial() == last.serial() && rollout.stage() == Stage.DONE)
                        .isPresent(),
                "the last roll-out is not done: " + fleet.promises().rollout());
    }
}
