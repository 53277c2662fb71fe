package io.secgroupd.daemon.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What comes over the admin socket. */
final class AdminFaults {

    private static final int CLIENTS = 100;
    private static final int MEGABYTES = 64;

    private AdminFaults() {}

    static List<FaultRow> rows() {
        return List.of(
                FaultRow.of(
                        46,
                        "admin-abuse",
                        "a hundred clients hang in the middle of a request, and another sends 64 MB",
                        Promise.gapOf(500),
                        AdminFaults::abuse),
                FaultRow.of(
                        48,
                        "lock-out",
                        "a policy that locks the clients out is applied for two seconds, and nobody confirms it",
                        Promise.gapOf(4500),
                        AdminFaults::lockOut));
    }

    private static void abuse(Scene scene) throws IOException {
        List<SocketChannel> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(scene.host.socketPath()));
                hanging.add(client);
                say(client, "GET /status HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
            }
            flood(scene.host.socketPath());
        } finally {
            for (SocketChannel client : hanging) {
                client.close();
            }
        }
    }

    /** Until it has said all, or is shown the door. */
    private static void flood(Path socket) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            for (int i = 0; i < MEGABYTES && say(client, megabyte); i++) {
                // It has said one more.
            }
        }
    }

    /** Reports whether the daemon still listens. */
    private static boolean say(SocketChannel client, byte[] words) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(words);
            while (rest.hasRemaining()) {
                client.write(rest);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void lockOut(Scene scene) throws IOException {
        Path candidate = Files.writeString(
                scene.host.directory.resolve("candidate.yaml"), SwappingPolicy.withoutTheOpenPort(scene.edit()));
        scene.program("apply", "--confirm", "2s", candidate.toString());
        scene.host.daemon().awaitLog("policy.rolled_back");
        scene.editAndAwait();
    }
}
