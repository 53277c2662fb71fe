package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostReport.Result;
import io.secgroupd.controlplane.fleet.host.HostDaemon;
import io.secgroupd.controlplane.fleet.host.SimulatedPull;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.testkit.KilledError;
import io.secgroupd.rules.testkit.MemoryDirectory;
import io.secgroupd.rules.testkit.SimulatedClock;
import io.secgroupd.rules.testkit.SimulatedDay;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A day of a host that follows a fleet by {@code secgroupd pull}: revisions, edits by hand, kills, full disks and partitions, also
 * between any two steps by which a revision comes into force, in an order drawn from a seed.
 */
final class PullDay implements SimulatedDay {

    private static final int STEPS = 80;
    private static final long LONGEST_PAUSE = Duration.ofMinutes(50).toMillis();
    private static final Set<String> NOT_WRITING = Set.of("try", "prove", "hold", "journal", "confirm", "roll back");

    /** Between its plan and its end a hand-over finds an edit only when it was broken off. */
    private static final Set<String> BEFORE_THE_PLAN = Set.of("try", "prove", "hold", "journal");

    private static final Map<String, Long> SLOW = Map.of("hold", 50_000L, "confirm", 20_000L);

    private final SplittableRandom random;
    private final SimulatedClock clock = new SimulatedClock();
    private final PulledHost host;
    private final List<PulledText> published = new ArrayList<>();
    private PulledText offered = PulledText.of(1);
    private Optional<SimulatedPull> pull = Optional.empty();
    private boolean cut;
    private boolean full;
    private boolean healing;
    /** Whether something was in the way of the revision that is offered now. */
    private boolean disturbed;

    /** Whether a server was reached under the rules of the last trial. */
    private boolean proven = true;

    private int killAfter = -1;
    private int edits;

    PullDay(long seed) throws IOException {
        random = new SplittableRandom(seed);
        host = new PulledHost(MemoryDirectory.make(), clock);
    }

    @Override
    public Iterable<String> history() {
        return host.history();
    }

    @Override
    public long looks() {
        return host.looks();
    }

    @Override
    public Duration time() {
        return clock.time();
    }

    @Override
    public void close() {
        MemoryDirectory.remove(host.directory());
    }

    @Override
    public void run() throws IOException {
        publish();
        for (int step = 0; step < STEPS; step++) {
            sleep(oneIn(3) ? random.nextLong(LONGEST_PAUSE) : random.nextLong(2000));
            act();
            round();
            round();
        }
        heal();
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private void sleep(long millis) {
        boolean unused = clock.runUntil(clock.now() + millis);
        host.daemon.tick();
    }

    private void act() throws IOException {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> publish();
            case 6 -> edit();
            case 7, 8 -> killSoon();
            case 9 -> killDaemon();
            case 10 -> host.daemon.start();
            case 11 -> setFull(!full);
            case 12 -> cut = !cut;
            case 13 -> operatorTries();
            case 14 -> host.daemon.operatorEnds();
            default -> host.daemon.look();
        }
    }

    private void publish() {
        PulledText next = PulledText.of(published.size() + 1);
        published.add(next);
        host.knows(next);
        host.note("published " + published.size());
    }

    private PulledText newest() {
        return published.get(published.size() - 1);
    }

    private void edit() {
        host.edit(PulledText.byHand(++edits));
        disturbed = true;
    }

    private void killSoon() {
        killAfter = random.nextInt(14);
    }

    private void killDaemon() {
        host.note("kill -9 of the daemon");
        host.daemon.kill();
        disturbed = true;
    }

    private void setFull(boolean now) throws IOException {
        full = now;
        host.note(full ? "the disk is full" : "the disk has room");
        if (pull.isPresent()) {
            host.fillJournal(full);
        }
    }

    private void operatorTries() {
        String policy = host.knowsByHand(PulledText.byHand(++edits));
        host.daemon.operatorTries(policy, random.nextLong(300_000));
    }

    /** One question to a control server, which may be one that knows less than another. */
    private void round() throws IOException {
        SimulatedPull now = started();
        offered = offer(now);
        boolean isNew = offered.equals(newest()) && offered.pointer().serial() > now.serial();
        disturbed =
                cut || full || host.daemon.isOnTrial() || host.daemon.judging().isEmpty();
        try {
            now.round(cut ? Optional.empty() : Optional.of(offered.pointer()), this::reported);
            host.lookAtRest();
        } catch (KilledError killed) {
            host.note("kill -9 of pull");
            pull = Optional.empty();
            disturbed = true;
        } catch (IOException e) {
            host.note(String.valueOf(e.getMessage()));
        }
        host.look(now);
        if (isNew && !disturbed && !host.isRefused(offered)) {
            host.requireInForce(offered);
        }
    }

    private void reported(HostReport report) {
        FleetPromises.require(
                proven || report.result() != Result.IN_FORCE,
                "a revision is in force that no server was reached under");
        host.reported(report);
    }

    private SimulatedPull started() throws IOException {
        if (pull.isEmpty()) {
            proven = true;
            killAfter = !healing && oneIn(4) ? random.nextInt(8) : -1;
            SimulatedPull begun = new SimulatedPull(new SimulatedPull.Surroundings(
                    host.directory(), new Watched(), this::piece, this::isReached, this::before));
            pull = Optional.of(begun);
            host.fillJournal(full);
        }
        return pull.get();
    }

    /** A host takes whatever has a new serial, when revisions are not signed; a serial that it has, it has once. */
    private PulledText offer(SimulatedPull asking) throws IOException {
        if (healing || !oneIn(5)) {
            return newest();
        }
        PulledText earlier = published.get(random.nextInt(published.size()));
        if (oneIn(3) && asking.serial() == earlier.pointer().serial()) {
            host.forgetRefused();
            return earlier.forged();
        }
        return earlier;
    }

    private Optional<byte[]> piece(String hash) {
        return cut ? Optional.empty() : Optional.ofNullable(offered.pieces().get(hash));
    }

    private boolean isReached() {
        boolean reached = !cut && (healing || !oneIn(15));
        disturbed |= !reached;
        proven = reached;
        return reached;
    }

    /** Anything may happen before any step. */
    private void before(String step) throws IOException {
        if (!healing) {
            happen(step);
        }
        if (killAfter == 0) {
            throw new KilledError();
        }
        killAfter--;
        if (full && !NOT_WRITING.contains(step)) {
            throw new IOException("No space left on device");
        }
    }

    private void happen(String step) throws IOException {
        boolean late = oneIn(40);
        sleep(late ? random.nextLong(100_000) : usual(step));
        disturbed |= late;
        if (oneIn(4)) {
            host.daemon.look();
        }
        if (oneIn(40)) {
            killDaemon();
            if (oneIn(2)) {
                host.daemon.start();
            }
        }
        if (oneIn(30) && BEFORE_THE_PLAN.contains(step)) {
            edit();
        }
        if (pull.isPresent()) {
            host.look(pull.get());
        }
    }

    /** The search for a server may take most of the time of a trial, and writing most of that for which it is held. */
    private long usual(String step) {
        if (oneIn(6) && SLOW.containsKey(step)) {
            return SLOW.get(step);
        }
        return random.nextLong(500);
    }

    /** Once nothing is in its way, it comes to what was published last. */
    private void heal() throws IOException {
        healing = true;
        killAfter = -1;
        cut = false;
        setFull(false);
        host.daemon.start();
        host.daemon.operatorEnds();
        sleep(Duration.ofMinutes(2).toMillis());
        round();
        publish();
        round();
        round();
        host.requireInForce(newest());
        host.lookAtRest();
    }

    /** The daemon, with a look at each revision that it is asked to try. */
    private final class Watched implements HostDaemon {

        @Override
        public DaemonState state() throws IOException {
            return host.daemon.state();
        }

        @Override
        public DaemonAnswer tryOut(PolicyFiles candidate, String hash, Duration time) throws IOException {
            host.tried(hash);
            proven = false;
            return host.daemon.tryOut(candidate, hash, time);
        }

        @Override
        public DaemonAnswer hold(String hash) throws IOException {
            return host.daemon.hold(hash);
        }

        @Override
        public DaemonAnswer confirm(String hash) throws IOException {
            return host.daemon.confirm(hash);
        }

        @Override
        public DaemonAnswer rollBack(String hash) throws IOException {
            return host.daemon.rollBack(hash);
        }
    }
}
