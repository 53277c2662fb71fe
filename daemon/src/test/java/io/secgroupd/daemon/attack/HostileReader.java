package io.secgroupd.daemon.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.testkit.OtherUser;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A user in the group that may read the admin socket, and who tries everything else there. */
final class HostileReader {

    private static final int USER = 60_001;
    private static final int LONGEST_ANSWER = 1 << 20;

    private final Path socket;
    private final OtherUser user;

    HostileReader(Path socket) throws IOException {
        this.socket = socket;
        Path directory = socket.resolveSibling(".").normalize();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        user = new OtherUser(USER, (Integer) Files.getAttribute(socket, "unix:gid"));
    }

    /** Writes one after the other. Each is answered by HTTP or not at all, without a fault and without a change. */
    void write(HostileRequests requests, int count) {
        user.call(() -> {
            for (int i = 0; i < count; i++) {
                byte[] request = requests.next();
                String answer = answerTo(request);
                String told = new String(request, StandardCharsets.ISO_8859_1);
                assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 "))
                        .as("an answer of HTTP to %s: %s", told, answer)
                        .isTrue();
                assertThat(answer).as("the answer to %s", told).doesNotContain("HTTP/1.1 500", "\"in_force\":true");
            }
            return count;
        });
    }

    /** Whether it is told what it may read. */
    boolean isAnswered() {
        byte[] question = "GET /status HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        return user.call(() -> answerTo(question)).startsWith("HTTP/1.1 200 ");
    }

    private String answerTo(byte[] request) {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer left = ByteBuffer.wrap(request);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.shutdownOutput();
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).as("an answer has an end").isTrue();
            }
        } catch (IOException closedEarly) {
            // It was answered, or turned away, before it had been read.
        }
        return StandardCharsets.ISO_8859_1.decode(answer.flip()).toString();
    }

    /** Connects so many times, and keeps what it gets. */
    List<SocketChannel> crowd(int count) {
        return user.call(() -> {
            var held = new ArrayList<SocketChannel>();
            for (int i = 0; i < count; i++) {
                held.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            return held;
        });
    }
}
