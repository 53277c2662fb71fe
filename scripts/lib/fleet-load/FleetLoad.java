import io.secgroupd.controlplane.fleet.rollout.RolloutSettings;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.server.ControlSettingsReader;
import io.secgroupd.controlplane.server.Stores;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The load of scripts/bench fleet: publishes, waits and restarts, and tells what it took. */
public final class FleetLoad {

    private static final int ROUNDS = 5;
    private static final int REST_SECONDS = 60; // longer than a poll

    /** As {@code fleet publish --step 100%} does, once it has checked the policy. */
    private static final Optional<RolloutSettings> AT_ONCE =
            Optional.of(new RolloutSettings(RolloutSettings.parseSteps("100%"), List.of(), Duration.ZERO));

    private final int number;
    private final Path work;
    private final int[] ports;
    private final FleetServers servers;
    private final SimulatedFleet fleet;
    private final List<Double> halfSeen = new ArrayList<>();
    private final List<Double> nearlyAllSeen = new ArrayList<>();
    private final List<Double> nearlyAllAcknowledged = new ArrayList<>();

    private FleetLoad(int number, Path work, FleetServers servers, int[] ports) throws IOException {
        this.number = number;
        this.work = work;
        this.servers = servers;
        this.ports = ports;
        this.fleet = new SimulatedFleet(ports);
    }

    public static void main(String... arguments) throws Exception {
        int number = Integer.parseInt(arguments[0]);
        Path work = Path.of(arguments[1]);
        int[] ports = {Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4])};
        try (var servers = new FleetServers(number, work, arguments[2])) {
            new FleetLoad(number, work, servers, ports).run();
        }
    }

    private void run() throws Exception {
        for (int port : ports) {
            servers.start(port);
        }
        long emptyKb = servers.memory();
        try (PolicyStore store = Stores.open(
                ControlSettingsReader.read(work.resolve(ports[0] + ".yaml")).settings().orElseThrow().store(),
                work.resolve("state"),
                Clock.systemUTC())) {
            var desk = new FleetDesk(store, Clock.systemUTC());
            for (int i = 0; i < number; i++) {
                fleet.add(desk.enrol("host" + i + ".example", List.of(), "bench"));
            }
            Thread.sleep(2000);
            fleet.hosts().forEach(host -> fleet.connectWithin(number / 500.0, host)); // 500 a second
            fleet.turn(() -> fleet.hosts().stream().allMatch(host -> host.acknowledged() > 0), 120);
            System.out.printf("%n%,d hosts with a socket each, two control servers, one etcd%n", number);
            publish(desk, ROUNDS); // compiles what the others measure
            for (int round = 0; round < ROUNDS; round++) {
                publish(desk, round);
            }
            figure("until half of the hosts have seen a revision", 0.5, halfSeen);
            figure("until 99 % have seen it", 2, nearlyAllSeen);
            figure("until 99 % have acknowledged it", 10, nearlyAllAcknowledged);
            rest(emptyKb);
            restart();
        }
    }

    /** One team changes one rule. */
    private void publish(FleetDesk desk, int round) throws Exception {
        Revision base = desk.current();
        Path team = Path.of("teams/" + (10 + round) + ".yaml");
        String text = new String(base.files().content(team).orElseThrow(), StandardCharsets.UTF_8);
        byte[] changed = text.replaceFirst("description: rule 7", "description: changed in round " + round)
                .getBytes(StandardCharsets.UTF_8);
        PolicyFiles files = base.files().with(Map.of(team, changed));
        var read = PolicyReader.read(files);
        fleet.forgetFetched();
        long began = System.nanoTime();
        var stored = new AtomicLong();
        var publisher = new Thread(() -> {
            try {
                desk.publish(base, files, read, new Origin("bench", "round", Instant.now()), AT_ONCE, Optional.empty());
                stored.set(System.nanoTime() - began);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        publisher.start();
        long serial = base.serial() + 1;
        fleet.turn(() -> fleet.hosts().stream().allMatch(host -> host.acknowledged() >= serial), 60);
        publisher.join();
        long[] seen = fleet.hosts().stream().mapToLong(host -> host.seenAt() - began).sorted().toArray();
        long[] acknowledged = fleet.hosts().stream().mapToLong(host -> host.acknowledgedAt() - began).sorted().toArray();
        if (round == ROUNDS) {
            return;
        }
        halfSeen.add(at(seen, 0.5));
        nearlyAllSeen.add(at(seen, 0.99));
        nearlyAllAcknowledged.add(at(acknowledged, 0.99));
        System.out.printf(
                "publish: stored after %.2f s; seen p50 %.2f s, p99 %.2f s; acknowledged p50 %.2f s, p99 %.2f s, last %.2f s;"
                        + " %,d bytes a host%n",
                stored.get() / 1e9,
                at(seen, 0.5), at(seen, 0.99), at(acknowledged, 0.5), at(acknowledged, 0.99), at(acknowledged, 1),
                fleet.fetchedBytes() / number);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e9;
    }

    private void rest(long emptyKb) throws Exception {
        fleet.turn(() -> false, 5);
        long before = fleet.requests();
        long ticks = servers.ticks();
        fleet.turn(() -> false, REST_SECONDS);
        double cpu = (servers.ticks() - ticks) / 100.0 / REST_SECONDS * 100;
        System.out.printf(
                "at rest: %.0f requests a second, %.1f %% of a core and %,d MiB resident for both servers, %.1f KiB a host over none;"
                        + " %d connections to etcd%n",
                (fleet.requests() - before) / (double) REST_SECONDS,
                cpu,
                servers.memory() / 1024,
                (servers.memory() - emptyKb) / (double) number,
                FleetServers.etcdConnections());
    }

    private void restart() throws Exception {
        fleet.forgetRequests();
        int port = ports[0];
        fleet.hosts().forEach(host -> host.loses(port));
        servers.kill(port);
        long began = System.nanoTime();
        var starter = new Thread(() -> {
            try {
                servers.start(port);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        starter.start();
        fleet.turn(() -> fleet.hosts().stream().allMatch(SimulatedHost::waits), 120);
        double took = (System.nanoTime() - began) / 1e9;
        starter.join();
        System.out.printf(
                "restart of one server: all hosts wait again after %.1f s, at most %d requests in one second%n",
                took, fleet.mostInASecond());
        figure("until all wait again after a restart", 30, List.of(took));
        System.out.printf("figure;%,d hosts: requests in the busiest second of it;500;%d;%n", number, fleet.mostInASecond());
    }

    /** Prints a figure of which the script makes a line of its table: title; goal; median; range. */
    private void figure(String title, double goal, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "figure;%,d hosts: s %s;%.1f;%.2f;%s%n",
                number,
                title,
                goal,
                sorted.get(sorted.size() / 2),
                sorted.size() < 2 ? "" : String.format(Locale.ROOT, "%.2f-%.2f", sorted.get(0), sorted.get(sorted.size() - 1)));
    }
}
