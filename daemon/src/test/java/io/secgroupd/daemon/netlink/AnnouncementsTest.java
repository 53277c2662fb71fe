package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the kernel announces, what of it is passed on, and what its silence is taken for. */
class AnnouncementsTest {

    private static final int OURS = 0x0a00;
    private static final int NAME = 1;
    private static final byte[] OF_OURS = KernelBytes.netfilter(OURS, 0, 0, 1, KernelBytes.u32(NAME, 0x6d616e67));
    private static final byte[] OF_OTHERS = KernelBytes.netfilter(0x0a06, 0, 0, 1);

    private final FakeChannel kernel = new FakeChannel(request -> List.of());
    private final Ear ear = new Ear();
    private final Announcements announcements = new Announcements(kernel, ear);

    @Test
    void tellsOnceOfAllThatWaited() {
        kernel.tell(OF_OURS, KernelBytes.join(OF_OTHERS, OF_OURS), OF_OURS);

        assertThat(announcements.hear()).isTrue();

        assertThat(ear.heard).containsExactly("changed");
        assertThat(announcements.hear()).isTrue();
        assertThat(ear.heard).as("nothing new").hasSize(1);
    }

    @Test
    void tellsOfNothingThatIsOfNoInterest() {
        kernel.tell(OF_OTHERS, KernelBytes.join(OF_OTHERS, OF_OTHERS));

        assertThat(announcements.hear()).isTrue();
        assertThat(ear.heard).isEmpty();
    }

    @Test
    void looksBehindMessagesOfNoInterest() {
        kernel.tell(OF_OTHERS, KernelBytes.join(OF_OTHERS, OF_OTHERS, OF_OURS));

        announcements.hear();
        assertThat(ear.heard).containsExactly("changed");
    }

    @Test
    void anOverrunIsAReasonToLookAndNoReasonToStop() {
        kernel.tell(FakeChannel.OVERRUN, OF_OTHERS, FakeChannel.OVERRUN);

        assertThat(announcements.hear()).isTrue();
        assertThat(ear.heard).containsExactly("changed");

        kernel.tell(OF_OURS);
        assertThat(announcements.hear()).isTrue();
        assertThat(ear.heard).containsExactly("changed", "changed");
    }

    /** What was cut off may have been about anything. */
    @Test
    void aMessageThatWasCutOffIsAReasonToLook() {
        kernel.tell(Arrays.copyOf(OF_OTHERS, OF_OTHERS.length - 1));

        announcements.hear();
        assertThat(ear.heard).containsExactly("changed");
    }

    @Test
    void aBrokenSocketIsToldOnceAndIsTheEnd() {
        kernel.tell(OF_OTHERS).breakDown();

        assertThat(announcements.hear()).isFalse();
        assertThat(ear.heard).containsExactly("failed: broken descriptor");
    }

    @Test
    void aListenerThatThrowsIsTheEnd() {
        ear.throwing = true;
        kernel.tell(OF_OURS);

        assertThat(announcements.hear()).isFalse();
        assertThat(ear.heard).containsExactly("failed: listener");
    }

    @Test
    void theListenerSeesTheAttributes() {
        kernel.tell(OF_OURS);

        announcements.hear();
        assertThat(ear.names).containsExactly(0x6d616e67);
    }

    @Property
    void noBytesEndTheHearing(@ForAll byte[] datagram) {
        kernel.tell(datagram);

        assertThat(announcements.hear()).isTrue();
    }

    private static final class Ear implements NetlinkMonitor.Listener {
        private final List<String> heard = new ArrayList<>();
        private final List<Integer> names = new ArrayList<>();
        private boolean throwing;

        @Override
        public boolean concerns(int type, AttributeReader attributes) {
            while (attributes.next()) {
                names.add(attributes.u32(0));
            }
            return type == OURS;
        }

        @Override
        public void changed() {
            if (throwing) {
                throw new IllegalStateException("listener");
            }
            heard.add("changed");
        }

        @Override
        public void failed(Exception fault) {
            heard.add("failed: " + fault.getMessage());
        }
    }
}
