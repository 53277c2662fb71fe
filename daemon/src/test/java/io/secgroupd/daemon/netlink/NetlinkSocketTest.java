package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the kernel itself: listing interfaces needs no rights. */
class NetlinkSocketTest {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int NO_SUCH_TYPE = 999;
    private static final int NETLINK_USERSOCK = 2;

    @Test
    void asksTheKernelAndReadsItsAnswer() throws IOException {
        NetlinkBuffer buffer = new NetlinkBuffer(65536);
        MessageWriter request = new MessageWriter(buffer);
        request.begin(RTM_GETLINK, Netlink.REQUEST | Netlink.DUMP, 11, 0, 0).end();
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            assertThat(socket.read(buffer)).as("nothing waits yet").isZero();
            assertThat(socket.write(buffer, request.length())).isTrue();
            MessageReader messages = new MessageReader(buffer);
            messages.reset(socket.read(buffer));
            assertThat(messages.next()).isTrue();
            assertThat(messages.type()).isEqualTo(RTM_NEWLINK);
            assertThat(messages.sequence()).isEqualTo(11);
        }
    }

    @Test
    void readsAllAnswersAtOnce() throws IOException {
        NetlinkBuffer requests = new NetlinkBuffer(4096);
        MessageWriter request = new MessageWriter(requests);
        for (int sequence = 1; sequence <= 3; sequence++) {
            request.begin(NO_SUCH_TYPE, Netlink.REQUEST | Netlink.ACK, sequence, 0, 0)
                    .end();
        }
        DatagramBatch answers = new DatagramBatch(2, 4096);
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            socket.read(answers);
            assertThat(answers.count()).as("nothing waits yet").isZero();

            assertThat(socket.write(requests, request.length())).isTrue();

            socket.read(answers);
            assertThat(sequences(answers)).containsExactly(1, 2);
            socket.read(answers);
            assertThat(sequences(answers)).containsExactly(3);
        }
    }

    private static List<Integer> sequences(DatagramBatch answers) {
        MessageReader messages = new MessageReader(answers.buffer());
        var sequences = new ArrayList<Integer>();
        for (int i = 0; i < answers.count(); i++) {
            messages.reset(answers.start(i), answers.length(i));
            assertThat(messages.next()).isTrue();
            assertThat(messages.type()).isEqualTo(Netlink.ERROR);
            sequences.add(messages.sequence());
        }
        return sequences;
    }

    @Test
    void takesAnotherNumberWhereOneIsTaken() throws IOException {
        int taken = PortId.next();
        var numbers = List.of(taken, taken, PortId.next()).iterator();
        try (NetlinkSocket one = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0, numbers::next);
                NetlinkSocket other = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0, numbers::next)) {
            assertThat(List.of(one, other))
                    .allMatch(socket -> socket.descriptor().isOpen());
            assertThat(numbers.hasNext()).isFalse();
            assertThatThrownBy(() -> NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0, () -> taken))
                    .hasMessage("bind of a netlink socket failed: EADDRINUSE");
        }
    }

    @Test
    void noTwoSocketsHaveTheSameNumberNorThatOfAProcess() {
        assertThat(IntStream.range(0, 1000).map(each -> PortId.next()))
                .doesNotHaveDuplicates()
                .allMatch(number -> number < 0, "is above every process id, read without sign");
    }

    @Test
    void takesItsOptions() throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            socket.acceptAgainAfterOverflow();
            socket.receiveBuffer(128 << 10);
            assertThat(socket.descriptor().isOpen()).isTrue();
        }
    }

    @Test
    void tellsOfAnOverrunAndReadsOn() throws IOException {
        NetlinkBuffer answers = new NetlinkBuffer(4096);
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            overrun(socket);
            assertThatThrownBy(() -> socket.read(answers)).isInstanceOf(OverrunException.class);
            assertThat(socket.read(answers)).as("what came before the loss").isPositive();
        }
    }

    @Test
    void tellsOfAnOverrunInABatchAndReadsOn() throws IOException {
        DatagramBatch answers = new DatagramBatch(2, 4096);
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            overrun(socket);
            assertThatThrownBy(() -> socket.read(answers)).isInstanceOf(OverrunException.class);
            assertThat(answers.count()).isZero();
            socket.read(answers);
            assertThat(answers.count()).as("what came before the loss").isPositive();
        }
    }

    /** The packet path asks for it: a loss must not keep its queue shut. */
    @Test
    void passesOverALossWhereItIsToldTo() throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            socket.acceptAgainAfterOverflow();
            overrun(socket);
            assertThat(socket.read(new NetlinkBuffer(4096))).isPositive();
        }
    }

    /** Asks for more answers than there is room for, and reads none of them. */
    private static void overrun(NetlinkSocket socket) throws IOException {
        NetlinkBuffer requests = new NetlinkBuffer(8192);
        MessageWriter request = new MessageWriter(requests);
        while (request.length() < 8000) {
            request.begin(NO_SUCH_TYPE, Netlink.REQUEST | Netlink.ACK, 1, 0, 0).end();
        }
        socket.receiveBuffer(4096);
        assertThat(socket.write(requests, request.length())).isTrue();
    }

    /** No part of the kernel listens to this family: it is for programs among themselves. */
    @Test
    void aRequestThatNobodyTakesIsNoLackOfRoom() throws IOException {
        NetlinkBuffer request = new NetlinkBuffer(64);
        try (NetlinkSocket socket = NetlinkSocket.open(NETLINK_USERSOCK, 0)) {
            assertThatThrownBy(() -> socket.write(request, Netlink.MESSAGE_HEADER))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EAGAIN, Errno.EINTR})
    void thatNothingWaitsOrASignalCameFirstIsNoFault(int errno) {
        assertThatCode(() -> NetlinkSocket.requireOnlyEmpty(errno)).doesNotThrowAnyException();
    }

    @Test
    void aBatchThatCannotBeReadSaysWhy() {
        assertThatThrownBy(() -> NetlinkSocket.requireOnlyEmpty(Errno.ENOBUFS)).isInstanceOf(OverrunException.class);
        assertThatThrownBy(() -> NetlinkSocket.requireOnlyEmpty(9))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("recvmmsg of a netlink socket failed: errno 9");
    }

    @Test
    void namesTheErrorOfTheKernel() {
        assertThatThrownBy(() -> NetlinkSocket.open(99, 0))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("socket of a netlink socket failed: EPROTONOSUPPORT");
    }
}
