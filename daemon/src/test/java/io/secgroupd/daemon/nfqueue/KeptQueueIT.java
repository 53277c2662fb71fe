package io.secgroupd.daemon.nfqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.Netlink;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.testkit.NetnsTest;
import io.secgroupd.daemon.testkit.NetworkNamespace;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * While a daemon opens its queue, other threads of it ask the kernel by sockets of their own and close them. Such a close once took
 * the queue with it: the daemon was ready, and its host refused every new connection.
 */
@NetnsTest
class KeptQueueIT {

    private static final int TIMES = 3_000;
    private static final QueueSettings QUEUE = new QueueSettings(4700, 64, 512, 64 << 10, false);

    @AutoClose
    private final NetworkNamespace host = NetworkNamespace.create("host");

    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void aQueueStaysWhateverElseIsClosedMeanwhile() {
        var others = CompletableFuture.runAsync(() -> host.call(this::openAndClose));

        int kept = host.call(this::queuesThatAreKept);

        ended.set(true);
        others.join();
        assertThat(kept).isEqualTo(TIMES);
    }

    private Void openAndClose() throws IOException {
        while (!ended.get()) {
            NetlinkSocket.open(Netlink.NETLINK_NETFILTER, 0).close();
        }
        return null;
    }

    private int queuesThatAreKept() throws IOException {
        int kept = 0;
        for (int time = 0; time < TIMES; time++) {
            try (NfQueue opened = NfQueue.open(QUEUE)) {
                kept += QueueStats.read(opened.number()).isPresent() ? 1 : 0;
            }
        }
        return kept;
    }
}
