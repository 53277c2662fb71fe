package io.secgroupd.daemon.admin;

import io.secgroupd.daemon.fuzz.InputFile;
import io.secgroupd.rules.fuzz.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Any bytes on the admin socket: they are answered by one answer of HTTP, or not at all, and the connection ends. Whoever asks
 * next is answered.
 */
public final class AdminHttpFuzz {

    private static final String QUESTION = "GET /status HTTP/1.1\r\n\r\n";
    private static final int LONGEST_ANSWER = 1 << 20;

    private static final Path SOCKET = InputFile.named("admin.sock");
    private static final AdminServer SERVER = served();
    private static long inputs;

    private AdminHttpFuzz() {}

    private static AdminServer served() {
        try {
            String group = Files.readAttributes(SOCKET.resolveSibling("."), PosixFileAttributes.class)
                    .group()
                    .getName();
            return new AdminServer(new FakeDaemon(), new FlowFollowers(), AdminLimits.DEFAULT, uid -> true)
                    .listen(new SocketFile(SOCKET, group));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        Claim.that(SERVER != null, "there is no server");
        String answer = answerTo(input);
        Claim.that(answer.isEmpty() || answer.startsWith("HTTP/1.1 "), "no answer of HTTP: " + answer);
        if (inputs++ % 64 == 0) {
            String next = answerTo(QUESTION.getBytes(StandardCharsets.US_ASCII));
            Claim.that(next.startsWith("HTTP/1.1 200 "), "the next one is not answered: " + next);
        }
    }

    private static String answerTo(byte[] bytes) {
        ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(SOCKET));
            ByteBuffer question = ByteBuffer.wrap(bytes);
            while (question.hasRemaining()) {
                client.write(question);
            }
            client.shutdownOutput();
            while (client.read(answer) >= 0) {
                Claim.that(answer.hasRemaining(), "an answer without end");
            }
        } catch (IOException closedEarly) {
            // It has said what it had to say before it had taken all.
        }
        return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }
}
