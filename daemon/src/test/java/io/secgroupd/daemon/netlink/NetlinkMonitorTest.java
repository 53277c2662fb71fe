package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.secgroupd.daemon.testkit.FakeRegistration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the event loop is told when something waits. */
class NetlinkMonitorTest {

    private static final IoEvent SOMETHING_WAITS = new IoEvent() {};

    private final FakeChannel kernel = new FakeChannel(request -> List.of());
    private final List<String> heard = new ArrayList<>();
    private final NetlinkMonitor.Handle handle = new NetlinkMonitor.Handle(kernel, new Ear());
    private final FakeRegistration registration = new FakeRegistration();

    @Test
    void hearsAllThatWaitsAndGoesOn() {
        kernel.tell(KernelBytes.netfilter(1, 0, 0, 2), FakeChannel.OVERRUN);
        handle.handle(registration, SOMETHING_WAITS);

        assertThat(heard).containsExactly("changed");
        assertThat(registration.isValid()).isTrue();
    }

    /** A descriptor that is broken is readable for ever: the loop would turn without end. */
    @Test
    void isWatchedNoLongerOnceItHasFailed() throws IOException {
        kernel.breakDown();
        handle.handle(registration, SOMETHING_WAITS);

        assertThat(heard).containsExactly("broken descriptor");
        assertThat(registration.isValid()).isFalse();

        handle.close();
        assertThat(kernel.isClosed()).isTrue();
    }

    private final class Ear implements NetlinkMonitor.Listener {

        @Override
        public void changed() {
            heard.add("changed");
        }

        @Override
        public void failed(Exception fault) {
            heard.add(fault.getMessage());
        }
    }
}
