import io.secgroupd.controlplane.fleet.feed.FeedLimits;
import io.secgroupd.controlplane.fleet.feed.HostReport;
import io.secgroupd.controlplane.fleet.feed.HostToken;
import io.secgroupd.controlplane.fleet.feed.Pointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A host of the fleet with a connection of its own. It tries nothing, and reports at once. */
final class SimulatedHost {

    private final SimulatedFleet fleet;
    private final HostToken token;
    private int port;
    private SocketChannel channel;
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

    private enum Stage {
        POINTER,
        MANIFEST,
        PIECES,
        REPORT
    }

    SimulatedHost(SimulatedFleet fleet, HostToken token, int port) {
        this.fleet = fleet;
        this.token = token;
        this.port = port;
    }

    void connect() {
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress("127.0.0.1", port));
            var unused = fleet.register(channel, this);
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

    /** As a real host does: it waits for up to 20 seconds, goes to the next server, and asks for what is new. */
    private void failed() {
        polls = false;
        answer = new ByteArrayOutputStream(0);
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed either way.
        }
        port = fleet.otherPort(port);
        fleet.connectWithin(20, this);
    }

    boolean waits() {
        return polls;
    }

    long seenAt() {
        return seenAt;
    }

    long acknowledgedAt() {
        return acknowledgedAt;
    }

    /** The serial that it has said to have. */
    long acknowledged() {
        return acknowledged;
    }

    /** Counts as not waiting when it was connected to this one, until it waits again. */
    void loses(int server) {
        polls = port != server;
    }

    private void poll() throws IOException {
        stage = Stage.POINTER;
        polls = true;
        send("GET /v1/pointer?after=" + tag, new byte[0]);
    }

    private void send(String what, byte[] body) throws IOException {
        fleet.countRequest();
        String head = what + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token.text()
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        var all = ByteBuffer.allocate(head.length() + body.length);
        all.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
        while (all.hasRemaining()) {
            channel.write(all); // a request is small, and the kernel has room for it
        }
    }

    private void read() throws IOException {
        answer.write(fleet.read(channel));
        byte[] all = answer.toByteArray();
        int head = new String(all, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        if (head >= 0 && all.length - head - 4 >= length(all, head)) {
            int status = Integer.parseInt(new String(all, 9, 3, StandardCharsets.ISO_8859_1));
            answer = new ByteArrayOutputStream(0);
            fleet.countAnswer(all.length);
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
        Set<String> needed = fleet.pieces(pointer.manifest(), body);
        Set<String> there = fleet.pieces(has);
        // A new host has got the first revision by other means: here only what a change costs is of interest.
        lacks = has.isEmpty() ? List.of() : new ArrayList<>(needed.stream().filter(hash -> !there.contains(hash)).toList());
        has = pointer.manifest();
        fetch();
    }

    private void fetch() throws IOException {
        if (lacks.isEmpty()) {
            stage = Stage.REPORT;
            send("POST /v1/report", new HostReport(
                            HostReport.Result.IN_FORCE, pointer.serial(), pointer.edition(), "", "", OptionalLong.empty(), OptionalLong.empty(), "bench")
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
