package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.rollout.Rollout;
import io.secgroupd.controlplane.fleet.rollout.RolloutJson;
import io.secgroupd.controlplane.fleet.rollout.Stage;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.fleet.server.SimulatedServer;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.RecordStore.StoredRecord;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Hosts, control servers and their store, with what must hold of them at any time. */
final class LivingFleet {

    private static final int HOSTS = 50;
    private static final String ROLLOUT = "fleet/rollout";

    final SimulatedClock clock = new SimulatedClock();
    private final SplittableRandom random;
    private final SharedRecords records = new SharedRecords();
    private final SharedPolicy policy;
    private final List<Station> stations = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<String> cut = new HashSet<>();
    private final List<String> history = new ArrayList<>();
    /** How many hosts were connected when the roll-out of a revision began. */
    private final Map<Long, Long> connected = new HashMap<>();

    private Optional<StoredRecord> checked = Optional.empty();

    LivingFleet(SplittableRandom random, int servers) throws IOException {
        this.random = random;
        policy = new SharedPolicy("version: 1\n", origin("first"));
        for (int i = 0; i < servers; i++) {
            stations.add(new Station("server-" + i, this, random.split()));
        }
        enrol();
        stations.forEach(Station::start);
        members.forEach(Member::start);
    }

    private void enrol() throws IOException {
        var line = new Line(random.split());
        line.mend();
        var desk = new FleetDesk(new PolicyLink(policy, new RecordLink(records, line), line), clockOfAll());
        for (int i = 0; i < HOSTS; i++) {
            String name = "host-" + i;
            var unused = desk.enrol(name, List.of(), "ann");
            members.add(new Member(name, this, i));
        }
    }

    private Origin origin(String reason) {
        return new Origin("ann", reason, clock.wall());
    }

    /** The clock that all control servers have. */
    Clock clockOfAll() {
        InstantSource wall = clock::wall;
        return wall.withZone(ZoneOffset.UTC);
    }

    SharedPolicy policy() {
        return policy;
    }

    SharedRecords records() {
        return records;
    }

    List<Member> members() {
        return members;
    }

    List<Station> stations() {
        return stations;
    }

    void note(String what) {
        history.add(Duration.ofMillis(clock.now()) + " " + what);
    }

    List<String> history() {
        return history.subList(Math.max(0, history.size() - 30), history.size());
    }

    long pause(long most) {
        return random.nextLong(most + 1);
    }

    void after(long millis, Runnable task) {
        clock.after(Duration.ofMillis(millis), task);
    }

    /** Cuts a host off from a control server, or no longer. */
    void cut(String host, int station, boolean now) {
        String line = host + "/" + station;
        boolean changed = now ? cut.add(line) : cut.remove(line);
        if (changed && now) {
            note(host + " is cut off from " + station);
        }
    }

    void mendAll() {
        cut.clear();
        stations.forEach(Station::mend);
    }

    /** The control server that a host turns to, if it answers. */
    Optional<SimulatedServer> reach(String host, int turn) {
        int station = turn % stations.size();
        return cut.contains(host + "/" + station)
                ? Optional.empty()
                : stations.get(station).server();
    }

    boolean reachesAny(String host) {
        for (int i = 0; i < stations.size(); i++) {
            if (reach(host, i).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** An operator makes a revision. */
    Revision publish(int number, Effect effect) {
        PolicyFiles files = SharedPolicy.files(effect.text(number));
        Revision made = policy.add(files, PolicyReader.read(files), origin(effect.name()));
        note("published " + made.serial() + " " + effect);
        return made;
    }

    /** A host tries a revision: it must be one that was published, to which it was led by its step. */
    Effect tries(Member host, Pointer pointer, Manifest manifest) {
        Optional<Revision> revision = policy.revision(pointer.serial());
        require(revision.isPresent(), host.name() + " is led to " + pointer.serial() + ", which nobody has published");
        require(
                manifest.serial() == pointer.serial()
                        && revision.map(Revision::hash).equals(Optional.of(manifest.policy())),
                host.name() + " is given another content of " + pointer.serial());
        Effect effect = effectOf(pointer.serial());
        note(host.name() + " tries " + pointer.serial() + " " + effect);
        require(effect != Effect.UNSOUND, "an unsound revision has reached " + host.name());
        return effect;
    }

    /** Called after a control server has looked at the roll-out. */
    void checkRollout(SimulatedServer by) {
        Optional<StoredRecord> now = records.get(ROLLOUT);
        if (now.equals(checked) || now.isEmpty()) {
            return;
        }
        checked = now;
        Rollout rollout = parse(now.get());
        note("roll-out of " + rollout.serial() + " step " + rollout.step() + " " + rollout.stage() + " "
                + rollout.why());
        require(policy.revision(rollout.serial()).isPresent(), "nobody has published " + rollout.serial());
        connected.computeIfAbsent(rollout.serial(), begun -> by.connected());
        check(rollout);
        rollout.under().ifPresent(this::check);
    }

    /** A poison goes no further than its first step, if there was a host that could try it. */
    private void check(Rollout rollout) {
        Effect effect = effectOf(rollout.serial());
        boolean goesOn = rollout.step() > 0 || rollout.stage() == Stage.DONE;
        require(
                !(effect.isPoison() && goesOn && connected.getOrDefault(rollout.serial(), 0L) > 0),
                "the poison " + rollout.serial() + " (" + effect + ") is in step " + rollout.step() + ", "
                        + rollout.stage());
        require(effect != Effect.UNSOUND, "the unsound revision " + rollout.serial() + " is rolled out");
    }

    private Effect effectOf(long serial) {
        return Effect.of(SharedPolicy.text(policy.revision(serial).orElseThrow().files()));
    }

    private static Rollout parse(StoredRecord record) {
        try {
            return RolloutJson.parse(record.value());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Optional<Rollout> rollout() {
        return records.get(ROLLOUT).map(LivingFleet::parse);
    }

    void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
