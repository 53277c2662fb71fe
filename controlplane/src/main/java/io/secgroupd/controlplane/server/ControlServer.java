package io.secgroupd.controlplane.server;

import io.secgroupd.controlplane.aws.api.AwsApi;
import io.secgroupd.controlplane.aws.api.WriteLane;
import io.secgroupd.controlplane.aws.ec2.Ec2;
import io.secgroupd.controlplane.aws.rds.Rds;
import io.secgroupd.controlplane.aws.sigv4.SignatureVerifier;
import io.secgroupd.controlplane.aws.sts.Sts;
import io.secgroupd.controlplane.fleet.server.Fleet;
import io.secgroupd.controlplane.http.HttpLimits;
import io.secgroupd.controlplane.http.HttpServer;
import io.secgroupd.controlplane.keys.KeyFile;
import io.secgroupd.controlplane.publish.LocalDaemon;
import io.secgroupd.controlplane.publish.Publisher;
import io.secgroupd.controlplane.server.StoreSettings.InDirectory;
import io.secgroupd.controlplane.server.StoreSettings.InEtcd;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.rules.text.Problem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running control server. It has no right of its own on this host: what it may change is what its user may write. */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final PolicyStore store;
    private final HttpServer http;
    private final Fleet fleet;
    private final Optional<WiredConsole> console;
    private final SpareMemory memory;
    private final Thread reading;

    private ControlServer(
            PolicyStore store,
            HttpServer http,
            Fleet fleet,
            Optional<WiredConsole> console,
            SpareMemory memory,
            Thread reading) {
        this.store = store;
        this.http = http;
        this.fleet = fleet;
        this.console = console;
        this.memory = memory;
        this.reading = reading;
    }

    /**
     * Starts everything, or nothing.
     *
     * @param state  a directory for the history of the policy
     * @param host   the host that it runs on
     * @throws IOException with a sentence for the operator: there are no keys, or others can read them; the address cannot be
     *                     listened on; the files cannot be read
     */
    public static ControlServer start(ControlSettings settings, Path state, HostAround host) throws IOException {
        KeyFile keys = KeyFile.open(settings.keys());
        Clock clock = Clock.systemUTC();
        var memory = SpareMemory.changing();
        PolicyStore store = Stores.open(settings.store(), state, clock);
        try {
            store.history(1); // one that cannot be read is a reason not to start
            Fleet fleet = Fleet.start(store, settings.fleet(), clock);
            try {
                return start(settings, keys, store, fleet, host, memory, clock);
            } catch (IOException | RuntimeException e) {
                fleet.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static ControlServer start(
            ControlSettings settings,
            KeyFile keys,
            PolicyStore store,
            Fleet fleet,
            HostAround host,
            SpareMemory memory,
            Clock clock)
            throws IOException {
        LocalDaemon followers = new Both(follower(settings.store(), host.daemon()), fleet.follower());
        var lane = new WriteLane(store, new Publisher(store, followers), clock);
        var api = new AwsApi(
                List.of(Ec2.catalog(), Rds.catalog(), Sts.catalog()),
                () -> new SignatureVerifier(keys.current(), clock),
                lane,
                settings.account());
        var metrics = new ServerMetrics(() -> serial(store), fleet::counts);
        Optional<WiredConsole> console =
                WiredConsole.start(settings, store, followers, host.console(), keys, memory::soon, clock);
        var endpoint = new ControlEndpoint(
                api, fleet.endpoint(), console.map(WiredConsole::endpoint), metrics, () -> fault(store));
        HttpLimits limits = HttpLimits.DEFAULT.withConnections(settings.fleet().connections());
        HttpServer http = HttpServer.start(settings.http(), limits, endpoint);
        LOG.info("serve.ready listen={} store={}", http.address(), place(settings.store()));
        return new ControlServer(store, http, fleet, console, memory, firstReading(lane, store, memory));
    }

    /**
     * Reads the policy before anybody asks for it, and follows its files from then on. A large one takes seconds; requests that
     * come meanwhile wait for it.
     */
    private static Thread firstReading(WriteLane lane, PolicyStore store, SpareMemory memory) {
        var thread = new Thread(
                () -> {
                    lane.prepare();
                    var unused = store.watch(memory);
                    memory.soon();
                },
                "first-reading");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The daemon of this host reads files. What etcd has comes to hosts by other ways, and this host may not be one of them. */
    private static LocalDaemon follower(StoreSettings store, LocalDaemon daemon) {
        return store instanceof InDirectory ? daemon : LocalDaemon.NONE;
    }

    private static String place(StoreSettings store) {
        return store instanceof InDirectory files
                ? files.rules().toString()
                : ((InEtcd) store).etcd().endpoints() + ((InEtcd) store).etcd().prefix();
    }

    private static long serial(PolicyStore store) {
        try {
            return store.newest().serial();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Optional<String> fault(PolicyStore store) {
        try {
            return store.current().read().errors().stream().findFirst().map(Problem::toString);
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The address that is listened on. */
    public InetSocketAddress address() {
        return http.address();
    }

    /** Answers what is on its way, and ends. */
    @Override
    public void close() throws IOException {
        fleet.close();
        http.close();
        if (console.isPresent()) {
            console.get().close();
        }
        try {
            reading.join(); // it is the last that begins anything in the store
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
        memory.close();
    }
}
