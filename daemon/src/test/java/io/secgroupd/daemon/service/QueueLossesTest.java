package io.secgroupd.daemon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.admin.DaemonStatus.DropCount;
import io.secgroupd.daemon.admin.DaemonStatus.QueueStatus;
import io.secgroupd.daemon.nfqueue.QueueSettings;
import io.secgroupd.daemon.nfqueue.QueueStats;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QueueLossesTest {

    private final Map<Integer, QueueStats> kernel = new HashMap<>();
    private boolean readable = true;
    private final QueueLosses account =
            new QueueLosses(List.of(queue(4700), queue(4701)), List::of, number -> read(number));

    @Test
    void countersOfAllQueuesAreAddedUpAndDepthsAreNot() {
        kernel(4700, 7, 1, 2);
        kernel(4701, 0, 10, 20);

        assertThat(account.waiting())
                .containsExactly(
                        new QueueStatus(4700, OptionalLong.of(7), 16384),
                        new QueueStatus(4701, OptionalLong.of(0), 16384));
        assertThat(account.dropped()).contains(drop("queue_full", 11), drop("socket_full", 22));
    }

    @Test
    void counterThatBeginsAnewInTheKernelGoesOnHere() {
        kernel(4700, 0, 5, 0);
        kernel(4701, 0, 0, 0);
        assertThat(account.dropped()).contains(drop("queue_full", 5));

        kernel(4700, 0, 2, 0); // bound again
        assertThat(account.dropped()).contains(drop("queue_full", 7));
        assertThat(account.dropped()).contains(drop("queue_full", 7));
    }

    @Test
    void whatMayNotBeReadIsUnknownAndTheDaemonsOwnCountersAreNot() {
        readable = false;

        assertThat(account.waiting()).allMatch(queue -> queue.depth().isEmpty());
        assertThat(account.dropped())
                .contains(
                        new DropCount("queue_full", OptionalLong.empty()),
                        new DropCount("socket_full", OptionalLong.empty()),
                        drop("gone", 0),
                        drop("unanswered", 0));
    }

    private void kernel(int number, long waiting, long queueDropped, long userDropped) {
        kernel.put(number, new QueueStats(number, 1, waiting, queueDropped, userDropped, 0));
    }

    private Optional<QueueStats> read(int number) throws IOException {
        if (!readable) {
            throw new AccessDeniedException("nfnetlink_queue");
        }
        return Optional.ofNullable(kernel.get(number));
    }

    private static DropCount drop(String cause, long packets) {
        return new DropCount(cause, OptionalLong.of(packets));
    }

    private static QueueSettings queue(int number) {
        return new QueueSettings(number, 16384, 512, 8 << 20, false);
    }
}
