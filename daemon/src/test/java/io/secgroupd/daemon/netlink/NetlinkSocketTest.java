package io.secgroupd.daemon.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against the kernel itself: listing interfaces needs no rights. */
class NetlinkSocketTest {

    private static final int RTM_NEWLINK = 16;
    private static final int RTM_GETLINK = 18;
    private static final int NO_SUCH_TYPE = 999;

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
    void takesItsOptions() throws IOException {
        try (NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, 0)) {
            socket.acceptAgainAfterOverflow();
            socket.receiveBuffer(128 << 10);
            assertThat(socket.descriptor().isOpen()).isTrue();
        }
    }

    @Test
    void namesTheErrorOfTheKernel() {
        assertThatThrownBy(() -> NetlinkSocket.open(99, 0))
                .isInstanceOf(NetlinkException.class)
                .hasMessage("socket of a netlink socket failed: EPROTONOSUPPORT");
    }
}
