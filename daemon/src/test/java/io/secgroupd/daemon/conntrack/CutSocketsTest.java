package io.secgroupd.daemon.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The socket of a cut connection goes, and no other. */
class CutSocketsTest {

    private static final FlowTuple TCP_4 =
            Connection.tcp("10.0.1.10", 22, "192.0.2.9", 40000).opened();
    private static final FlowTuple TCP_6 =
            Connection.tcp("2001:db8:1::10", 22, "2001:db8::9", 40000).opened();
    private static final FlowTuple UDP_4 =
            Connection.udp("10.0.1.10", 51820, "192.0.2.9", 51820).opened();
    private static final FlowTuple UDP_6 =
            Connection.udp("2001:db8:1::10", 500, "2001:db8::9", 4500).opened();

    private final FakeConntrack kernel = new FakeConntrack();
    private final FakeSockets sockets = kernel.sockets();

    static List<FlowTuple> flows() {
        return List.of(TCP_4, TCP_6, UDP_4, UDP_6);
    }

    @ParameterizedTest
    @MethodSource("flows")
    void destroysTheSocketWithExactlyTheseEnds(FlowTuple flow) throws IOException {
        flows().forEach(sockets::connected);

        assertThat(destroy(flow)).isTrue();

        assertThat(sockets.count()).isEqualTo(3);
        assertThat(destroy(flow)).as("it is gone").isFalse();
    }

    @Test
    void destroysASocketOfIpv6ThatSpeaksIpv4() throws IOException {
        sockets.connectedMapped(TCP_4);

        assertThat(destroy(TCP_4)).isTrue();
        assertThat(sockets.count()).isZero();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void leavesTheSocketThatServesEverybody(FlowTuple flow) throws IOException {
        sockets.listening(flow);

        assertThat(destroy(flow)).isFalse();
        assertThat(sockets.count()).isEqualTo(1);
    }

    @Test
    void leavesTheSocketOfAnotherPeer() throws IOException {
        sockets.connected(Connection.tcp("10.0.1.10", 22, "192.0.2.10", 40000).opened());

        assertThat(destroy(TCP_4)).isFalse();
        assertThat(sockets.count()).isEqualTo(1);
    }

    /** A kernel that answers with something else than it was asked for must not make us destroy that. */
    @Test
    void leavesASocketThatTheKernelFoundByMistake() throws IOException {
        var mistaken = new FakeSockets().connected(TCP_4);
        var channel = new FakeChannel(mistaken);
        try (CutSockets cut = new CutSockets((family, groups) -> channel)) {
            channel.tell(KernelBytes.message(20, 0, 1, new byte[4], new byte[36], new byte[12]));

            assertThat(cut.destroy(TCP_4)).isFalse();
        }
        assertThat(mistaken.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 20, 51})
    void takesNoAnswerThatIsTooShortForASocket(int bytes) throws IOException {
        var channel = new FakeChannel(request -> List.of(KernelBytes.message(20, 0, 1, new byte[bytes])));

        try (CutSockets cut = new CutSockets((family, groups) -> channel)) {
            assertThat(cut.destroy(TCP_4)).isFalse();
        }
    }

    @Test
    void asksNothingAboutProtocolsWithoutSockets() throws IOException {
        FlowTuple ping =
                new FlowTuple(PolicyBuilder.address("10.0.1.10"), PolicyBuilder.address("192.0.2.9"), 1, 0, 0, 8, 0);

        assertThat(destroy(ping)).isFalse();
        assertThat(sockets.asked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EOPNOTSUPP})
    void saysWhyTheKernelDestroysNothing(int errno) {
        sockets.connected(TCP_4).refuseToDestroy(errno);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> destroy(TCP_4))
                .withMessage("destroying the socket of a cut connection failed: " + Errno.name(errno));
    }

    @Test
    void doesNotMindASocketThatWasClosedMeanwhile() throws IOException {
        sockets.connected(TCP_4).refuseToDestroy(Errno.ENOENT);

        assertThat(destroy(TCP_4)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.ENOMEM, Errno.EINVAL})
    void saysWhyTheKernelDoesNotLook(int errno) {
        sockets.connected(TCP_4).refuseToLook(errno);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> destroy(TCP_4))
                .withMessage("asking for the socket of a cut connection failed: " + Errno.name(errno));
    }

    @Test
    void passesOverLateAnswersAndSaysWhenThereIsNoRoom() throws IOException {
        sockets.connected(TCP_4);
        try (CutSockets cut = new CutSockets(kernel)) {
            assertThat(cut.destroy(UDP_4)).isFalse();
            FakeChannel channel = kernel.opened().get(0);
            channel.tell(KernelBytes.error(77, Errno.EPERM));
            assertThat(cut.destroy(TCP_4)).isTrue();
            channel.fill();
            assertThatIOException()
                    .isThrownBy(() -> cut.destroy(TCP_4))
                    .withMessage("asking for the socket of a cut connection failed: ENOBUFS");
        }
    }

    private boolean destroy(FlowTuple flow) throws IOException {
        try (CutSockets cut = new CutSockets(kernel)) {
            return cut.destroy(flow);
        }
    }
}
