package io.secgroupd.controlplane.simulation;

import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import io.secgroupd.rules.testkit.SimulatedClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A fleet in which nothing happens that a test does not say. */
final class SteeredFleet {

    final SimulatedClock clock = new SimulatedClock();
    private final SharedRecords records = new SharedRecords();
    private final SharedPolicy policy = new SharedPolicy("version: 1\n", origin("ann"));
    private final Line line = new Line(new SplittableRandom(1));
    private final List<SteeredServer> servers = new ArrayList<>();
    private final FleetDesk desk;

    /** @param hosts the names of those that are enrolled */
    SteeredFleet(String... hosts) throws IOException {
        line.mend();
        desk = new FleetDesk(store(link()), clockOfAll());
        for (String host : hosts) {
            var unused = desk.enrol(host, List.of(), "ann");
        }
    }

    private Origin origin(String author) {
        return new Origin(author, "test", clock.wall());
    }

    RecordLink link() {
        return new RecordLink(records, line);
    }

    PolicyStore store(RecordLink link) {
        return new PolicyLink(policy, link, line);
    }

    Clock clockOfAll() {
        InstantSource wall = clock::wall;
        return wall.withZone(ZoneOffset.UTC);
    }

    SteeredServer start(String name) throws IOException {
        var server = new SteeredServer(name, this);
        servers.add(server);
        server.work();
        return server;
    }

    void end(SteeredServer server) {
        servers.remove(server);
    }

    /** Time passes, in which the control servers do what is due. */
    void pass(int seconds) throws IOException {
        for (int i = 0; i < seconds; i++) {
            clock.runUntil(clock.now() + Duration.ofSeconds(1).toMillis());
            for (SteeredServer server : servers) {
                server.work();
            }
        }
    }

    /** Somebody publishes a policy that is told from others by its number. */
    void publish(int number, Optional<RolloutSettings> settings) throws IOException {
        publish(SharedPolicy.files(Effect.GOOD.text(number)), settings);
    }

    /** Somebody publishes the files of an earlier revision. */
    void publishAgain(long serial, Optional<RolloutSettings> settings) throws IOException {
        publish(policy.revision(serial).orElseThrow().files(), settings);
    }

    private void publish(PolicyFiles files, Optional<RolloutSettings> settings) throws IOException {
        var unused = desk.publish(
                policy.newest(), files, PolicyReader.read(files), origin("ann"), settings, Optional.empty());
    }

    void publish(int number) throws IOException {
        publish(number, Optional.empty());
    }

    String text(long serial) {
        return SharedPolicy.text(policy.revision(serial).orElseThrow().files());
    }

    long newest() {
        return policy.newest().serial();
    }
}
