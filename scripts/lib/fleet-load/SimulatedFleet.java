import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Many hosts on one thread, and what is counted of them. */
final class SimulatedFleet {

    private final int[] ports;
    private final Selector selector = Selector.open();
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>((one, other) -> Long.compare(one.nanos(), other.nanos()));
    private final Map<String, Set<String>> pieces = new HashMap<>();
    private final Map<Long, Integer> requestsBySecond = new HashMap<>();
    private final Random random = new Random(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
    private long fetchedBytes;
    private long requests;

    private record Due(long nanos, SimulatedHost host) {}

    /** @param ports of the control servers */
    SimulatedFleet(int[] ports) throws IOException {
        this.ports = ports;
    }

    /** Adds a host, which does nothing yet. */
    void add(HostToken token) {
        hosts.add(new SimulatedHost(this, token, ports[hosts.size() % ports.length]));
    }

    List<SimulatedHost> hosts() {
        return hosts;
    }

    /** Has a host connect at some moment within a time. */
    void connectWithin(double seconds, SimulatedHost host) {
        due.add(new Due(System.nanoTime() + (long) (random.nextDouble() * seconds * 1e9), host));
    }

    SelectionKey register(SocketChannel channel, SimulatedHost host) throws IOException {
        return channel.register(selector, SelectionKey.OP_CONNECT, host);
    }

    int otherPort(int port) {
        return port == ports[0] ? ports[1] : ports[0];
    }

    /** What a connection has for its host now. */
    byte[] read(SocketChannel channel) throws IOException {
        in.clear();
        int read = channel.read(in);
        if (read < 0) {
            throw new IOException("closed");
        }
        in.flip();
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    void countRequest() {
        requests++;
        requestsBySecond.merge(System.nanoTime() / 1_000_000_000, 1, Integer::sum);
    }

    void countAnswer(int bytes) {
        fetchedBytes += bytes;
    }

    long requests() {
        return requests;
    }

    long fetchedBytes() {
        return fetchedBytes;
    }

    void forgetFetched() {
        fetchedBytes = 0;
    }

    void forgetRequests() {
        requestsBySecond.clear();
    }

    /** The most requests within one second since they were forgotten. */
    int mostInASecond() {
        return requestsBySecond.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The pieces of a manifest; empty for none. Each is parsed once for all hosts. */
    Set<String> pieces(String hash) {
        return pieces.getOrDefault(hash, Set.of());
    }

    Set<String> pieces(String hash, byte[] manifest) {
        return pieces.computeIfAbsent(hash, name -> {
            try {
                return Manifest.parse(manifest).files().values().stream()
                        .flatMap(file -> file.pieces().stream())
                        .map(ManifestPiece::sha256)
                        .collect(Collectors.toSet());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Lets the hosts go on until something is so, or for so many seconds. */
    void turn(BooleanSupplier until, int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long look = 0;
        while (System.nanoTime() < end) {
            if (System.nanoTime() > look) {
                if (until.getAsBoolean()) {
                    return;
                }
                look = System.nanoTime() + 10_000_000;
            }
            selector.select(5);
            for (SelectionKey key : selector.selectedKeys()) {
                ((SimulatedHost) key.attachment()).ready(key);
            }
            selector.selectedKeys().clear();
            while (!due.isEmpty() && due.peek().nanos() < System.nanoTime()) {
                due.remove().host().connect();
            }
        }
    }
}
