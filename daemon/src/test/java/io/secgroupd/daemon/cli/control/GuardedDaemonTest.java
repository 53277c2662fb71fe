package io.secgroupd.daemon.cli.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a daemon that is known not to run has no say. */
class GuardedDaemonTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void withoutSocketNoDaemonRuns() {
        assertThat(daemon().follow("hash")).isEmpty();
    }

    @Test
    void socketOfDaemonThatWasKilledIsNoDaemon() throws IOException {
        listen().close();

        assertThat(socket()).exists();
        assertThat(daemon().follow("hash")).isEmpty();
    }

    @Test
    void daemonThatHangsIsNotPassedOver() throws IOException {
        try (ServerSocketChannel hanging = listen()) {
            assertThat(hanging.isOpen()).isTrue();
            assertThat(daemon().follow("hash"))
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains("cannot be asked on " + socket())
                            .contains("no answer within 1 s"));
        }
    }

    /** As in a directory that the server's user may not enter; the tests may enter every one. */
    @Test
    void daemonIsNotPassedOverWhereNobodyCanLook() throws IOException {
        Files.createSymbolicLink(socket(), socket());

        assertThat(daemon().follow("hash"))
                .hasValueSatisfying(why -> assertThat(why).contains("cannot be asked on " + socket()));
    }

    private Path socket() {
        return directory.resolve("control.sock");
    }

    private GuardedDaemon daemon() {
        return new GuardedDaemon(socket(), Duration.ofSeconds(1));
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()));
    }
}
