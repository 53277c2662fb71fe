import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Manifest;
import io.secgroupd.controlplane.fleet.feed.ManifestPiece;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import io.secgroupd.controlplane.fleet.server.FleetDesk;
import io.secgroupd.controlplane.server.ControlSettingsReader;
import io.secgroupd.controlplane.server.Stores;
import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.Revision;
import io.secgroupd.rules.file.PolicyFiles;
import io.secgroupd.rules.file.PolicyReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The load of scripts/bench fleet: many hosts on one thread, each with a connection of its own. They try nothing, and report at once. */
public final class FleetLoad {

    private static final int ROUNDS = 5;
    private static final int REST_SECONDS = 30;

    private final int number;
    private final Path work;
    private final String program;
    private final int[] ports;
    private final Selector selector = Selector.open();
    private final List<Host> hosts = new ArrayList<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>((one, other) -> Long.compare(one.nanos(), other.nanos()));
    private final Map<String, Set<String>> pieces = new HashMap<>();
    private final Map<Long, Integer> requestsBySecond = new HashMap<>();
    private final Map<Integer, Process> servers = new HashMap<>();
    private final Random random = new Random(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
    private long fetchedBytes;
    private long requests;

    private record Due(long nanos, Host host) {}

    private FleetLoad(int number, Path work, String program, int[] ports) throws IOException {
        this.number = number;
        this.work = work;
        this.program = program;
        this.ports = ports;
    }

    public static void main(String... arguments) throws Exception {
        var load = new FleetLoad(
                Integer.parseInt(arguments[0]),
                Path.of(arguments[1]),
                arguments[2],
                new int[] {Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4])});
        try {
            load.run();
        } finally {
            for (Process server : load.servers.values()) {
                server.destroy();
                server.waitFor();
            }
        }
    }

    private void run() throws Exception {
        for (int port : ports) {
            start(port);
        }
        long emptyKb = ports.length == 0 ? 0 : memory();
        try (PolicyStore store = Stores.open(
                ControlSettingsReader.read(work.resolve(ports[0] + ".yaml")).settings().orElseThrow().store(),
                work.resolve("state"),
                Clock.systemUTC())) {
            var desk = new FleetDesk(store, Clock.systemUTC());
            for (int i = 0; i < number; i++) {
                hosts.add(new Host(desk.enrol("host" + i + ".example", List.of(), "bench"), ports[i % ports.length]));
            }
            Thread.sleep(2000);
            for (Host host : hosts) {
                later(host, (long) (random.nextDouble() * number / 500 * 1e9)); // 500 a second
            }
            turn(() -> hosts.stream().allMatch(host -> host.acknowledged > 0), 120);
            System.out.printf("%n%,d hosts with a socket each, two control servers, one etcd%n", number);
            publish(desk, ROUNDS); // compiles what the others measure
            for (int round = 0; round < ROUNDS; round++) {
                publish(desk, round);
            }
            rest(emptyKb);
            restart();
        }
    }

    private void start(int port) throws Exception {
        var log = work.resolve(number + "-" + port + ".log").toFile();
        var builder = new ProcessBuilder(program, "serve", "--control", work.resolve(port + ".yaml").toString(),
                "--config", work.resolve("none.yaml").toString());
        builder.environment().put("STATE_DIRECTORY", work.resolve("state-" + port).toString());
        servers.put(port, builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start());
        long before = lines(log, "serve.ready");
        while (lines(log, "serve.ready") == before || before == 0) {
            if (!servers.get(port).isAlive()) {
                throw new IOException("a control server has ended: " + Files.readString(log.toPath()));
            }
            Thread.sleep(50);
            if (before == 0 && lines(log, "serve.ready") > 0) {
                break;
            }
        }
    }

    private static long lines(File log, String word) throws IOException {
        if (!log.exists()) {
            return 0;
        }
        return Files.readString(log.toPath()).lines().filter(line -> line.contains(word)).count();
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
        fetchedBytes = 0;
        long began = System.nanoTime();
        var publisher = new Thread(() -> {
            try {
                desk.publish(base, files, read, new Origin("bench", "round", Instant.now()), Optional.empty(), Optional.empty());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        publisher.start();
        long serial = base.serial() + 1;
        turn(() -> hosts.stream().allMatch(host -> host.acknowledged >= serial), 60);
        publisher.join();
        long[] seen = hosts.stream().mapToLong(host -> host.seenAt - began).sorted().toArray();
        long[] acknowledged = hosts.stream().mapToLong(host -> host.acknowledgedAt - began).sorted().toArray();
        if (round == ROUNDS) {
            return;
        }
        System.out.printf(
                "publish: seen p50 %.2f s, p99 %.2f s; acknowledged p50 %.2f s, p99 %.2f s, last %.2f s; %,d bytes a host%n",
                at(seen, 0.5), at(seen, 0.99), at(acknowledged, 0.5), at(acknowledged, 0.99), at(acknowledged, 1),
                fetchedBytes / number);
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))] / 1e9;
    }

    private void rest(long emptyKb) throws Exception {
        turn(() -> false, 5);
        long before = requests;
        long ticks = ticks();
        turn(() -> false, REST_SECONDS);
        double cpu = (ticks() - ticks) / 100.0 / REST_SECONDS * 100;
        System.out.printf(
                "at rest: %.0f requests a second, %.1f %% of a core and %,d MiB resident for both servers, %.1f KiB a host over none;"
                        + " %d connections to etcd%n",
                (requests - before) / (double) REST_SECONDS,
                cpu,
                memory() / 1024,
                (memory() - emptyKb) / (double) number,
                etcdConnections());
    }

    private void restart() throws Exception {
        requestsBySecond.clear();
        int port = ports[0];
        hosts.forEach(host -> host.polls = host.port != port);
        servers.get(port).destroyForcibly().waitFor();
        long began = System.nanoTime();
        var starter = new Thread(() -> {
            try {
                start(port);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        starter.start();
        turn(() -> hosts.stream().allMatch(host -> host.polls), 120);
        double took = (System.nanoTime() - began) / 1e9;
        starter.join();
        System.out.printf(
                "restart of one server: all hosts wait again after %.1f s, at most %d requests in one second%n",
                took, requestsBySecond.values().stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    private long memory() throws IOException {
        long kb = 0;
        for (Process server : servers.values()) {
            kb += Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        }
        return kb;
    }

    private long ticks() throws IOException {
        long ticks = 0;
        for (Process server : servers.values()) {
            String[] words = Files.readString(Path.of("/proc/" + server.pid() + "/stat")).replaceAll(".*\\) ", "").split(" ");
            ticks += Long.parseLong(words[11]) + Long.parseLong(words[12]);
        }
        return ticks;
    }

    /** Of all processes here, this one too: port 12379 in hexadecimal, as the remote end, established. */
    private static long etcdConnections() throws IOException {
        long all = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            all += Files.readAllLines(Path.of(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(words -> words[2].endsWith(":305B") && words[3].equals("01"))
                    .count();
        }
        return all;
    }

    /** What is waited for. */
    private interface Until {
        boolean isSo();
    }

    private void turn(Until until, int seconds) throws IOException {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long look = 0;
        while (System.nanoTime() < end) {
            if (System.nanoTime() > look) {
                if (until.isSo()) {
                    return;
                }
                look = System.nanoTime() + 10_000_000;
            }
            selector.select(5);
            for (SelectionKey key : selector.selectedKeys()) {
                ((Host) key.attachment()).ready(key);
            }
            selector.selectedKeys().clear();
            while (!due.isEmpty() && due.peek().nanos() < System.nanoTime()) {
                due.remove().host().connect();
            }
        }
    }

    private void later(Host host, long nanos) {
        due.add(new Due(System.nanoTime() + nanos, host));
    }

    /** A host of the fleet. */
    private final class Host {

        private final HostToken token;
        private int port;
        private SocketChannel channel;
        private SelectionKey key;
        private ByteArrayOutputStream answer = new ByteArrayOutputStream(0);
        private String tag = "none";
        private Pointer pointer;
        private String has = "";
        private List<String> lacks = List.of();
        private Stage stage = Stage.POINTER;
        private boolean polls;
        private long seenAt;
        private long acknowledgedAt;
        private long acknowledged;

        Host(HostToken token, int port) {
            this.token = token;
            this.port = port;
        }

        void connect() {
            try {
                channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress("127.0.0.1", port));
                key = channel.register(selector, SelectionKey.OP_CONNECT, this);
            } catch (IOException e) {
                failed();
            }
        }

        void ready(SelectionKey ready) {
            try {
                if (ready.isConnectable() && channel.finishConnect()) {
                    ready.interestOps(SelectionKey.OP_READ);
                    poll();
                } else if (ready.isReadable()) {
                    read();
                }
            } catch (IOException e) {
                failed();
            }
        }

        /** As a real host does: it waits for up to 20 seconds, and goes to the next server. */
        private void failed() {
            polls = false;
            answer = new ByteArrayOutputStream(0);
            try {
                channel.close();
            } catch (IOException e) {
                // It is closed either way.
            }
            port = port == ports[0] ? ports[1] : ports[0];
            later(this, (long) (random.nextDouble() * 20e9));
        }

        private void poll() throws IOException {
            stage = Stage.POINTER;
            polls = true;
            send("GET /v1/pointer?after=" + tag, new byte[0]);
        }

        private void send(String what, byte[] body) throws IOException {
            requests++;
            requestsBySecond.merge(System.nanoTime() / 1_000_000_000, 1, Integer::sum);
            String head = what + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.text()
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            var all = ByteBuffer.allocate(head.length() + body.length);
            all.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
            while (all.hasRemaining()) {
                channel.write(all); // a request is small, and the kernel has room for it
            }
        }

        private void read() throws IOException {
            in.clear();
            int read = channel.read(in);
            if (read < 0) {
                throw new IOException("closed");
            }
            in.flip();
            byte[] bytes = new byte[in.remaining()];
            in.get(bytes);
            answer.write(bytes);
            byte[] all = answer.toByteArray();
            int head = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
            if (head >= 0 && all.length - head - 4 >= length(all, head)) {
                int status = Integer.parseInt(new String(all, 9, 3, StandardCharsets.ISO_8859_1));
                answer = new ByteArrayOutputStream(0);
                fetchedBytes += all.length;
                take(status, Arrays.copyOfRange(all, head + 4, all.length));
            }
        }

        private static int length(byte[] all, int head) {
            return new String(all, 0, head, StandardCharsets.ISO_8859_1).lines()
                    .filter(line -> line.startsWith("content-length: "))
                    .mapToInt(line -> Integer.parseInt(line.substring(16)))
                    .findFirst()
                    .orElse(0);
        }

        private void take(int status, byte[] body) throws IOException {
            if (status != 200) {
                throw new IOException("HTTP " + status);
            }
            switch (stage) {
                case POINTER -> pointer(Pointer.parse(body));
                case MANIFEST -> manifest(body);
                case PIECES -> fetch();
                default -> {
                    acknowledged = pointer.serial();
                    acknowledgedAt = System.nanoTime();
                    poll();
                }
            }
        }

        private void pointer(Pointer next) throws IOException {
            if (next.tag().equals(tag)) {
                poll();
                return;
            }
            tag = next.tag();
            pointer = next;
            seenAt = System.nanoTime();
            stage = Stage.MANIFEST;
            send("GET /v1/pieces/" + next.manifest(), new byte[0]);
        }

        private void manifest(byte[] body) throws IOException {
            Set<String> needed = pieces.computeIfAbsent(pointer.manifest(), hash -> {
                try {
                    return Manifest.parse(body).files().values().stream()
                            .flatMap(file -> file.pieces().stream())
                            .map(ManifestPiece::sha256)
                            .collect(Collectors.toSet());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            Set<String> there = pieces.getOrDefault(has, Set.of());
            // A new host has got the first revision by other means: here only what a change costs is of interest.
            lacks = has.isEmpty() ? List.of() : new ArrayList<>(needed.stream().filter(hash -> !there.contains(hash)).toList());
            has = pointer.manifest();
            fetch();
        }

        private void fetch() throws IOException {
            if (lacks.isEmpty()) {
                stage = Stage.REPORT;
                send("POST /v1/report", new HostReport(
                                HostReport.Result.IN_FORCE, pointer.serial(), "", "", OptionalLong.empty(), OptionalLong.empty(), "bench")
                        .bytes());
                return;
            }
            stage = Stage.PIECES;
            List<String> some = lacks.subList(0, Math.min(FeedLimits.PIECES_AT_ONCE, lacks.size()));
            String path = String.join("+", some);
            lacks = lacks.subList(some.size(), lacks.size());
            send("GET /v1/pieces/" + path, new byte[0]);
        }
    }

    private enum Stage {
        POINTER,
        MANIFEST,
        PIECES,
        REPORT
    }
}
