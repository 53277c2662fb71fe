package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.rules.net.FlowTuple;
import io.secgroupd.rules.testkit.PolicyBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the kernel answers, only a connected socket on a port where nobody listens lets a stranger's segment in. */
class SocketEvidenceTest {

    private static final int SOCK_DIAG_BY_FAMILY = 20;
    private static final int DUMP = 0x300;
    private static final int ESTABLISHED = 1;
    private static final String ANYWHERE = "00000000000000000000000000000000";
    private static final FlowTuple OPENED = flow("10.0.1.10", 6, "10.0.2.10");

    private IntFunction<List<byte[]>> found = sequence -> List.of(socket(sequence, ESTABLISHED));
    private IntFunction<List<byte[]>> listed = sequence -> List.of(KernelBytes.done(sequence, 0));
    private int listings;
    private final FakeChannel kernel = new FakeChannel(this::answer);
    private final LocalSockets sockets = new LocalSockets(kernel);

    @Test
    void aConnectedSocketIsEvidence() {
        assertThat(sockets.connected(OPENED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 10, 12})
    void aSocketInAnotherStateIsNone(int state) {
        found = sequence -> List.of(socket(sequence, state));

        assertThat(sockets.connected(OPENED)).isFalse();
    }

    @Test
    void aRefusalOrSilenceIsNone() {
        found = sequence -> List.of(KernelBytes.error(sequence, Errno.ENOENT));
        assertThat(sockets.connected(OPENED)).isFalse();

        found = sequence -> List.of();
        assertThat(sockets.connected(OPENED)).isFalse();
    }

    @Test
    void anAnswerThatEndsBeforeItsStateIsNone() {
        found = sequence -> List.of(KernelBytes.message(SOCK_DIAG_BY_FAMILY, 0, sequence));

        assertThat(sockets.connected(OPENED)).isFalse();
    }

    @Test
    void aKernelWithoutRoomForTheQuestionGivesNone() {
        kernel.fill();

        assertThat(sockets.connected(OPENED)).isFalse();
    }

    /** A fault may have left one unread. */
    @Test
    void theAnswerToAnEarlierQuestionIsPassedOver() {
        kernel.tell(socket(77, ESTABLISHED), new byte[] {1, 2, 3});
        found = sequence -> List.of(KernelBytes.error(sequence, Errno.ENOENT));
        assertThat(sockets.connected(OPENED)).isFalse();

        kernel.tell(KernelBytes.error(77, Errno.ENOENT));
        found = sequence -> List.of(socket(sequence, ESTABLISHED));
        assertThat(sockets.connected(OPENED)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        ANYWHERE + ", false",
        "00000000000000000000ffff0a00010a, false",
        "00000000000000000000ffff0a00010b, true",
        "20010db800000000" + "0000ffff0a00010a, true",
        "20010db800000000" + "0000000000000000, true"
    })
    void whoeverListensThereWasDialled(String address, boolean evidence) {
        listed = sequence -> List.of(listener(sequence, address), KernelBytes.done(sequence, 0));

        assertThat(sockets.connected(OPENED)).isEqualTo(evidence);
    }

    @Test
    void aListenerThatTakesIpv4AloneIsOneToo() {
        listed = sequence -> listings == 2
                ? List.of(listener(sequence, "0a00010a000000000000000000000000"), KernelBytes.done(sequence, 0))
                : List.of(KernelBytes.done(sequence, 0));

        assertThat(sockets.connected(OPENED)).isFalse();
    }

    @Test
    void onlyIpv6SocketsListenForIpv6() {
        assertThat(sockets.connected(flow("2001:db8::1", 6, "2001:db8::2"))).isTrue();
        assertThat(listings).isEqualTo(1);

        assertThat(sockets.connected(OPENED)).isTrue();
        assertThat(listings).as("those of both families listen for IPv4").isEqualTo(3);
    }

    @Test
    void aListingThatIsRefusedOrEndsEarlyMayHideAListener() {
        listed = sequence -> List.of(KernelBytes.error(sequence, Errno.ENOMEM));
        assertThat(sockets.connected(OPENED)).isFalse();

        listed = sequence -> List.of();
        assertThat(sockets.connected(OPENED)).isFalse();

        found = sequence -> {
            kernel.fill();
            return List.of(socket(sequence, ESTABLISHED));
        };
        assertThat(sockets.connected(OPENED)).as("no room to ask for one").isFalse();
    }

    @Test
    void whatBelongsToAnotherListingIsPassedOver() {
        listed = sequence -> List.of(
                listener(7, ANYWHERE),
                KernelBytes.error(7, Errno.ENOMEM),
                KernelBytes.done(7, 0),
                KernelBytes.done(sequence, 0));

        assertThat(sockets.connected(OPENED)).isTrue();
    }

    @Test
    void aListenerThatIsCutOffAtTheEndOfTheBufferIsNotReadBeyondIt() {
        listed = sequence -> List.of(
                KernelBytes.join(
                        KernelBytes.message(SOCK_DIAG_BY_FAMILY, 0, 7, new byte[(32 << 10) - 32]),
                        KernelBytes.message(SOCK_DIAG_BY_FAMILY, 0, sequence)),
                KernelBytes.done(sequence, 0));

        assertThat(sockets.connected(OPENED)).isTrue();
    }

    @Test
    void aProtocolWithoutPortsHasNoSocketsToAskFor() {
        assertThat(sockets.connected(flow("10.0.1.10", 1, "10.0.2.10"))).isFalse();
        assertThat(sockets.connected(flow("10.0.1.10", 17, "10.0.2.10"))).isTrue();
        assertThat(listings).as("a UDP socket with a peer has chosen it").isZero();
    }

    private List<byte[]> answer(byte[] request) {
        ByteBuffer host = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        if ((host.getShort(6) & DUMP) == 0) {
            return found.apply(host.getInt(8));
        }
        listings++;
        return listed.apply(host.getInt(8));
    }

    /** struct inet_diag_msg, whose second byte is the state. */
    private static byte[] socket(int sequence, int state) {
        byte[] body = new byte[72];
        body[1] = (byte) state;
        return KernelBytes.message(SOCK_DIAG_BY_FAMILY, 0, sequence, body);
    }

    private static byte[] listener(int sequence, String address) {
        return KernelBytes.message(
                SOCK_DIAG_BY_FAMILY, 0, sequence, new byte[8], HexFormat.of().parseHex(address), new byte[48]);
    }

    private static FlowTuple flow(String source, int protocol, String destination) {
        return new FlowTuple(
                PolicyBuilder.address(source), PolicyBuilder.address(destination), protocol, 40000, 3306, 0, 0);
    }
}
