package io.secgroupd.daemon.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator learns from a daemon that answers before it has heard everything. */
class AdminClientTest {

    private static final byte[] MORE_THAN_A_SOCKET_TAKES = new byte[4 << 20];

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void answerToARequestThatIsNotReadIsTold() throws Exception {
        AdminClient.Reply reply = answeredUnread("HTTP/1.1 503 Busy\r\nContent-Length: 3\r\nX: y\r\n\r\nno\n");

        assertThat(reply).isEqualTo(new AdminClient.Reply(503, "no\n"));
    }

    @Test
    void answerThatBreaksOffIsNone() {
        assertThatThrownBy(() -> answeredUnread("HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nhalf"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void noAnswerToARequestThatIsNotReadIsAFailure() {
        assertThatThrownBy(() -> answeredUnread("")).isInstanceOf(IOException.class);
    }

    /** Asks one who sends this and closes, without having read anything. */
    private AdminClient.Reply answeredUnread(String answer) throws Exception {
        Path path = directory.resolve("admin.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> answerOne(server, answer));
            try {
                return new AdminClient(path).ask("POST", "/apply", "text/plain", MORE_THAN_A_SOCKET_TAKES);
            } finally {
                closed.join();
            }
        }
    }

    private static void answerOne(ServerSocketChannel server, String answer) {
        try (SocketChannel client = server.accept()) {
            client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
