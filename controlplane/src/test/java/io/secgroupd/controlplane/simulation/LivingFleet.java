package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.server.SimulatedServer;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.rules.testkit.RecentHistory;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Hosts, control servers and their store, with what must hold of them at any time. */
final class LivingFleet {

    private static final int HOSTS = 50;
    private static final long LONG_AWAY = Duration.ofMinutes(3).toMillis();

    final SimulatedClock clock = new SimulatedClock();
    private final SplittableRandom random;
    private final SharedRecords records = new SharedRecords();
    private final SharedPolicy policy;
    private final List<Station> stations = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<String> cut = new HashSet<>();
    private final RecentHistory history = new RecentHistory(clock);
    private final FleetOperators operators;
    private final FleetPromises promises;

    LivingFleet(SplittableRandom random, int servers) throws IOException {
        this.random = random;
        policy = new SharedPolicy("version: 1\n", origin("first"));
        promises = new FleetPromises(policy, records, this::note, this::isAway);
        for (int i = 0; i < servers; i++) {
            stations.add(new Station("server-" + i, this, random.split()));
        }
        operators = new FleetOperators(this, policy, records, new Line(random.split()));
        var sure = new Line(random.split());
        sure.mend();
        var enrolling = new FleetOperators(this, policy, records, sure);
        for (int i = 0; i < HOSTS; i++) {
            String name = "host-" + i;
            enrolling.enrol(name);
            members.add(new Member(name, this, i));
        }
        stations.forEach(Station::start);
        members.forEach(Member::start);
    }

    private boolean isAway(String name) {
        return members.stream().anyMatch(host -> host.name().equals(name) && host.isDownSince(clock.now() - LONG_AWAY));
    }

    Origin origin(String reason) {
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

    FleetOperators operators() {
        return operators;
    }

    /** What must hold. */
    FleetPromises promises() {
        return promises;
    }

    void note(String what) {
        history.note(what);
    }

    /** The last of what happened, for whoever must understand a failure. */
    Iterable<String> history() {
        return history;
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
        operators.mend();
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
}
