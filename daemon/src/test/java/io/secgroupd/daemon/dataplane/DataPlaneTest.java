package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import io.secgroupd.daemon.nfqueue.FakeQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of the packet path, on queues to which nothing comes. */
class DataPlaneTest {

    private final LoopHarness outside = new LoopHarness();

    @Test
    void aChangeIsSettledWhenEachLoopHasHadItsTurn() throws IOException {
        FileDescriptor one = Native.newEventFd();
        FileDescriptor other = Native.newEventFd();
        try (DataPlane plane = start(new FakeQueue().watchedBy(one), new FakeQueue().watchedBy(other))) {
            assertThat(plane.settle()).isTrue();
            assertThat(plane.counters()).hasSize(2);
            assertThat(plane.latency().nanos().getTotalCount()).isZero();
        } finally {
            one.close();
            other.close();
        }
    }

    @Test
    void theHeartBeatsAgainAndAgain() throws Exception {
        var beats = new Semaphore(0);
        FileDescriptor one = Native.newEventFd();
        FileDescriptor other = Native.newEventFd();
        try (DataPlane plane = start(new FakeQueue().watchedBy(one), new FakeQueue().watchedBy(other))) {
            plane.heartbeat(Duration.ofMillis(1), beats::release);
            beats.acquire(3);
        } finally {
            one.close();
            other.close();
        }
        assertThat(outside.stopped).isEmpty();
    }

    /** No event loop can watch a file. The kernel would keep a queue, and its packets, for as long as it is open. */
    @Test
    void whenAQueueCannotBeWatchedNoneStaysOpen(@TempDir Path directory) throws IOException {
        FileDescriptor watched = Native.newEventFd();
        FileDescriptor file =
                FileDescriptor.from(Files.createFile(directory.resolve("file")).toFile());
        FakeQueue good = new FakeQueue().watchedBy(watched);
        FakeQueue refused = new FakeQueue().watchedBy(file);
        try {
            assertThatIOException()
                    .isThrownBy(() -> start(good, refused))
                    .withMessage("the event loop refused a queue");
            assertThat(List.of(good, refused)).allMatch(FakeQueue::closed);
        } finally {
            watched.close();
            file.close();
        }
    }

    private DataPlane start(FakeQueue... queues) throws IOException {
        return DataPlane.start(
                List.of(queues), outside.policy, new CutFlows(), LoopSettings.DEFAULT, () -> outside, outside);
    }
}
