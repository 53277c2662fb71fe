package io.secgroupd.controlplane.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.HistoryEntry;
import io.secgroupd.controlplane.store.PolicyStore;
import io.secgroupd.controlplane.store.PutResult.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control server that is killed in the middle of changes, again and again, beside another that goes on. */
class KilledServerTest {

    private static final int KILLS = 3;

    @TempDir
    private Path directory;

    @Test
    void whatItAcknowledgedIsThereOnceAndTheOtherGoesOn() throws Exception {
        try (Etcd etcd = Etcd.start(directory, 1).ready();
                PolicyStore store = EtcdStore.open(etcd.settings("/test/"))) {
            Lines.begin(store);
            var acknowledged = new ArrayList<String>();
            for (int kill = 0; kill < KILLS; kill++) {
                acknowledged.addAll(killAfter(3 + 4 * kill, etcd, "server " + kill + " line "));
                assertThat(Lines.add(store, store.current(), "own " + kill)).isInstanceOf(Stored.class);
                List<String> lines = Lines.of(store.current());
                assertThat(lines).doesNotHaveDuplicates().containsAll(acknowledged);
                assertThat(store.current().serial()).isEqualTo(lines.size());
                assertThat(store.history(200))
                        .extracting(HistoryEntry::serial)
                        .hasSize(Math.min(lines.size(), Revisions.MOST));
            }
        }
    }

    /** The lines that a server acknowledged before it was killed, which is while it makes the next. */
    private static List<String> killAfter(int lines, Etcd etcd, String name) throws IOException, InterruptedException {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherServer.class.getName(),
                        etcd.endpoint(0).toString(),
                        "/test/",
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var acknowledged = new ArrayList<String>();
        try (BufferedReader out = server.inputReader()) {
            while (acknowledged.size() < lines) {
                acknowledged.add(Objects.requireNonNull(out.readLine(), "the server has ended by itself"));
            }
            server.toHandle().destroyForcibly(); // leaves what it has said to be read, as Process does not
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
            out.lines().forEach(acknowledged::add);
        } finally {
            server.destroyForcibly();
        }
        // The last may have been cut off in the pipe.
        acknowledged.removeIf(line -> !line.matches("# " + name + "\\d+"));
        return acknowledged;
    }
}
