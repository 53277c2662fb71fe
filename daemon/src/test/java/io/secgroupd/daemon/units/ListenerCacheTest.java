package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketView;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who serves a port is asked once a second, however many ask for that port. */
class ListenerCacheTest {

    private static final long NGINX = 77;
    private static final long NOON = 1_795_000_000_000L;

    private final FakeSocketTable kernel = new FakeSocketTable().listening(443, NGINX);
    private final ListenerCache cache;

    ListenerCacheTest() throws IOException {
        cache = new ListenerCache(SocketCgroups.open((family, groups) -> new FakeChannel(kernel)));
    }

    @Test
    void aFloodToOnePortIsOneQuestion() {
        for (int source = 1; source < 200; source++) {
            assertThat(cache.cgroup(to("198.51.100." + source, "10.0.1.10", 443), 2, NOON + source))
                    .isEqualTo(NGINX);
        }
        assertThat(kernel.questions()).hasSize(1);
    }

    @Test
    void aPortAtWhichNobodyListensIsOneQuestionToo() {
        for (int turn = 0; turn < 200; turn++) {
            assertThat(cache.cgroup(to("198.51.100.7", "10.0.1.10", 444), 2, NOON))
                    .isEqualTo(SocketCgroups.NOBODY);
        }
        assertThat(kernel.questions()).hasSize(1);
    }

    @Test
    void afterASecondItIsAskedAgain() {
        PacketView flow = to("198.51.100.7", "10.0.1.10", 443);
        cache.cgroup(flow, 2, NOON);
        kernel.listening(443, 78);

        assertThat(cache.cgroup(flow, 2, NOON + ListenerCache.KEPT_MILLIS - 1)).isEqualTo(NGINX);
        assertThat(cache.cgroup(flow, 2, NOON + ListenerCache.KEPT_MILLIS)).isEqualTo(78);
        assertThat(cache.cgroup(flow, 2, NOON - 10_000))
                .as("the clock was set back")
                .isEqualTo(78);
        assertThat(kernel.questions()).hasSize(3);
    }

    @Test
    void anotherAddressInterfaceOrProtocolIsAnotherQuestion() {
        cache.cgroup(to("198.51.100.7", "10.0.1.10", 443), 2, NOON);
        cache.cgroup(to("198.51.100.7", "10.0.1.11", 443), 2, NOON);
        cache.cgroup(to("198.51.100.7", "10.0.1.10", 443), 3, NOON);
        long datagram = cache.cgroup(UnitFlows.view(PacketBuilder.udp("198.51.100.7", "10.0.1.10", 443)), 2, NOON);

        assertThat(datagram).isEqualTo(SocketCgroups.NOBODY);
        assertThat(kernel.questions()).hasSize(4);
    }

    /** A scan of all ports must not keep the log's thread from its lines. */
    @Test
    void whenThereAreTooManyQuestionsInASecondTheRestAreNotAsked() {
        long answered = 0;
        for (int port = 1; port <= 60_000; port++) {
            long answer = cache.cgroup(to("198.51.100.7", "10.0.1.10", port), 2, NOON);
            answered += answer == SocketCgroups.NOT_ASKED ? 0 : 1;
        }

        assertThat(kernel.questions()).hasSize(ListenerCache.QUESTIONS_PER_SECOND);
        assertThat(answered).isEqualTo(ListenerCache.QUESTIONS_PER_SECOND);
        assertThat(cache.cgroup(to("198.51.100.7", "10.0.1.10", 443), 2, NOON + 1000))
                .isEqualTo(NGINX);
    }

    private static PacketView to(String source, String destination, int port) {
        return UnitFlows.view(PacketBuilder.tcp(source, destination, port, "S"));
    }
}
