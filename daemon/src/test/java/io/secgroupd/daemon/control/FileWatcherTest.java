package io.secgroupd.daemon.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes are seen with or without the kernel's events. */
class FileWatcherTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final Semaphore changes = new Semaphore(0);

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("rules.yaml"), "one");
    }

    @Test
    void itLooksWhereNoInotifyInstanceIsLeft() throws Exception {
        try (var watcher = new FileWatcher(changes::release, () -> {
            throw new IOException("User limit of inotify instances reached");
        })) {
            assertSeesChanges(watcher);
        }
    }

    @Test
    void itLooksWhenEventsEnd() throws Exception {
        WatchService events = FileSystems.getDefault().newWatchService();
        try (var watcher = new FileWatcher(changes::release, () -> events)) {
            assertSeesChanges(watcher);

            events.close();

            assertSeesAnother();
        }
    }

    @Test
    void itLooksInDirectoriesForWhichThereIsNoWatchAnyMore() throws Exception {
        WatchService ended = FileSystems.getDefault().newWatchService();
        ended.close();
        try (var watcher = new FileWatcher(changes::release, () -> ended)) {
            assertSeesChanges(watcher);
        }
    }

    private void assertSeesChanges(FileWatcher watcher) throws Exception {
        watcher.follow(List.of(file));
        watcher.start();
        assertSeesAnother();
    }

    private void assertSeesAnother() throws Exception {
        changes.drainPermits();
        Files.writeString(file, Files.readString(file) + ", and another");
        assertThat(changes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }
}
