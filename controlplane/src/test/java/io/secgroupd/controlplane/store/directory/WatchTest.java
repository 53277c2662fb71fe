package io.secgroupd.controlplane.store.directory;

import static io.secgroupd.controlplane.store.directory.PolicyFolder.EMPTY;
import static io.secgroupd.controlplane.store.directory.PolicyFolder.editByRename;
import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.controlplane.store.Origin;
import io.secgroupd.controlplane.store.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @TempDir
    private Path directory;

    private final BlockingQueue<Revision> seen = new LinkedBlockingQueue<>();
    private PolicyFolder folder;
    private DirectoryStore store;

    @BeforeEach
    void setUp() throws IOException {
        folder = new PolicyFolder(directory);
        store = folder.store();
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    private Revision next() throws InterruptedException {
        Revision revision = seen.poll(30, TimeUnit.SECONDS);
        assertThat(revision).isNotNull();
        return java.util.Objects.requireNonNull(revision);
    }

    @Test
    void eachRevisionIsAnnouncedWhoeverMadeIt() throws Exception {
        try (AutoCloseable watching = store.watch(seen::add)) {
            assertThat(watching).isNotNull();
            Revision own = folder.stored(store, EMPTY + "# own\n");
            assertThat(next()).isSameAs(own);
            editByRename(folder.rules, EMPTY + "# by hand\n");
            assertThat(next().origin().author()).isEqualTo(Origin.BY_HAND);
            Revision other = folder.stored(folder.store(), EMPTY + "# of another process\n");
            Revision noticed = next();
            assertThat(noticed.serial()).isEqualTo(other.serial());
            assertThat(noticed.origin()).isEqualTo(other.origin());
        }
    }

    @Test
    void editOfAnIncludedFileIsAnnounced() throws Exception {
        Path more = Files.writeString(
                Files.createDirectory(folder.beside("rules.d")).resolve("more.yaml"), EMPTY);
        folder.stored(store, EMPTY + "include: [rules.d/*.yaml]\n");
        store.watch(seen::add);
        Files.writeString(more, EMPTY + "# edited\n");
        assertThat(next().files().content(more)).contains(PolicyFolder.bytes(EMPTY + "# edited\n"));
    }

    @Test
    void listenerThatFailsHindersNoOther() throws Exception {
        store.watch(revision -> {
            throw new IllegalStateException("on revision " + revision.serial());
        });
        store.watch(seen::add);
        folder.stored(store, EMPTY + "# one\n");
        assertThat(next().serial()).isEqualTo(2);
        folder.stored(store, EMPTY + "# two\n");
        assertThat(next().serial()).isEqualTo(3);
    }

    @Test
    void whoStopsWatchingIsNotCalled() throws Exception {
        store.watch(revision -> seen.add(revision)).close();
        BlockingQueue<Revision> others = new LinkedBlockingQueue<>();
        store.watch(others::add);
        folder.stored(store, EMPTY + "# one\n");
        assertThat(others.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(seen).isEmpty();
    }
}
