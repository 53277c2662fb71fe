package io.secgroupd.daemon.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secgroupd.daemon.netlink.Errno;
import io.secgroupd.daemon.netlink.FakeChannel;
import io.secgroupd.daemon.netlink.KernelBytes;
import io.secgroupd.daemon.netlink.NetlinkException;
import io.secgroupd.daemon.netlink.NetlinkSocket;
import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketView;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked about sockets, byte by byte, and what is made of each answer. */
class SocketCgroupsTest {

    private static final long NGINX = 0x1_0000_0a31L;
    private static final HexFormat HEX = HexFormat.of();

    private final FakeSocketTable kernel = new FakeSocketTable();
    private final FakeChannel channel = new FakeChannel(kernel);

    @Test
    void aTcpConnectionIsAskedForByBothItsEnds() throws IOException {
        ask(tcp("10.0.1.10", 40000, "198.51.100.7", 443));

        assertThat(HEX.formatHex(kernel.questions().get(0), 16, 72))
                .isEqualTo("02060000" + "ffffffff" + "9c40" + "01bb" + "0a00010a000000000000000000000000"
                        + "c6336407000000000000000000000000" + "00000000" + "ffffffffffffffff");
    }

    /** The kernel takes the ends of UDP in the opposite order. */
    @Test
    void aUdpSocketIsAskedForWithItsEndsTurned() throws IOException {
        ask(udp("2001:db8::1", 40000, "2001:db8::53", 53));

        assertThat(HEX.formatHex(kernel.questions().get(0), 16, 72))
                .isEqualTo("0a110000" + "ffffffff" + "0035" + "9c40" + "20010db8000000000000000000000053"
                        + "20010db8000000000000000000000001" + "00000000" + "ffffffffffffffff");
    }

    @Test
    void aListenerIsAskedForWithoutAPeerAndWithTheInterfaceThatItMayBeBoundTo() throws IOException {
        SocketCgroups sockets = open();
        sockets.askListener(tcp("198.51.100.7", 40000, "10.0.1.10", 443), 0x01020304);
        sockets.ask();

        byte[] question = kernel.questions().get(0);
        assertThat(HEX.formatHex(question, 24, 60))
                .isEqualTo("01bb" + "0000" + "0a00010a" + "0".repeat(24) + "0".repeat(32));
        assertThat(ByteBuffer.wrap(question).order(ByteOrder.nativeOrder()).getInt(60))
                .isEqualTo(0x01020304);
    }

    @Test
    void theGroupOfTheSocketIsTold() throws IOException {
        kernel.connecting(40000, NGINX);

        assertThat(ask(tcp("10.0.1.10", 40000, "198.51.100.7", 443))).isEqualTo(NGINX);
    }

    @Test
    void whereNoSocketIsThereIsNobody() throws IOException {
        assertThat(ask(tcp("10.0.1.10", 40000, "198.51.100.7", 443))).isEqualTo(SocketCgroups.NOBODY);
    }

    /** A socket on its way out has no group any more, and kernels before 5.7 tell of none. */
    @Test
    void anAnswerWithoutAGroupTellsNothing() throws IOException {
        kernel.untold(40000);

        assertThat(ask(tcp("10.0.1.10", 40000, "198.51.100.7", 443))).isEqualTo(SocketCgroups.UNTOLD);
    }

    @Test
    void aListenerIsNotTakenForTheConnectionThatHasEnded() throws IOException {
        kernel.listening(443, NGINX);

        assertThat(ask(tcp("10.0.1.10", 443, "198.51.100.7", 40000))).isEqualTo(SocketCgroups.NOBODY);
    }

    @Test
    void anAnswerThatIsCutOffTellsNothing() throws IOException {
        kernel.add(6, 40000, FakeSocketTable.ESTABLISHED, KernelBytes.attribute(21, new byte[] {1, 2, 3, 4}));

        assertThat(ask(tcp("10.0.1.10", 40000, "198.51.100.7", 443))).isEqualTo(SocketCgroups.UNTOLD);
    }

    @Test
    void severalQuestionsGoAtOnceAndEachHasItsOwnAnswer() throws IOException {
        kernel.connecting(40001, 11).connecting(40003, 13).serving(40004, 14);
        SocketCgroups sockets = open();
        for (int turn = 0; turn < 2; turn++) {
            int first = sockets.askSource(tcp("10.0.1.10", 40001, "198.51.100.7", 443));
            int gone = sockets.askSource(tcp("10.0.1.10", 40002, "198.51.100.7", 443));
            int third = sockets.askSource(tcp("10.0.1.10", 40003, "198.51.100.7", 443));
            int datagram = sockets.askSource(udp("10.0.1.10", 40004, "198.51.100.7", 53));
            sockets.ask();

            assertThat(List.of(first, gone, third, datagram).stream().map(sockets::cgroup))
                    .containsExactly(11L, SocketCgroups.NOBODY, 13L, 14L);
        }
    }

    @Test
    void anAnswerToAnEarlierQuestionIsNotTakenForThis() throws IOException {
        kernel.connecting(40000, NGINX);
        SocketCgroups sockets = open();
        channel.tell(KernelBytes.error(999_999, Errno.ENOENT));
        int number = sockets.askSource(tcp("10.0.1.10", 40000, "198.51.100.7", 443));
        sockets.ask();

        assertThat(sockets.cgroup(number)).isEqualTo(NGINX);
    }

    @Test
    void aKernelThatHasNoRoomTellsNothing() throws IOException {
        SocketCgroups sockets = open();
        channel.fill();
        int number = sockets.askSource(tcp("10.0.1.10", 40000, "198.51.100.7", 443));
        sockets.ask();

        assertThat(sockets.cgroup(number)).isEqualTo(SocketCgroups.UNTOLD);
    }

    /** Otherwise it would look for a module at each question. */
    @Test
    void aKernelThatDoesNotListSocketsIsNotAsked() {
        kernel.refuse(Errno.ENOENT);

        assertThatThrownBy(this::open).isInstanceOf(NetlinkException.class).hasMessageContaining("protocol 6");
        assertThat(channel.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void theRealKernelTellsOneGroupForAllSocketsOfThisProcess(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (SocketCgroups sockets = SocketCgroups.open(NetlinkSocket::open);
                ServerSocket listener = new ServerSocket(0, 1, address);
                Socket client = new Socket(address, listener.getLocalPort());
                DatagramSocket datagrams = new DatagramSocket(0, address)) {
            PacketView connection = tcp(host, client.getLocalPort(), host, listener.getLocalPort());
            int source = sockets.askSource(connection);
            int served = sockets.askListener(connection, 0);
            int datagram = sockets.askSource(udp(host, datagrams.getLocalPort(), host, 53));
            int nobody = sockets.askSource(tcp(host, client.getLocalPort(), host, 1));
            sockets.ask();

            assertThat(sockets.cgroup(source)).isPositive();
            assertThat(sockets.cgroup(served)).isEqualTo(sockets.cgroup(source));
            assertThat(sockets.cgroup(datagram)).isEqualTo(sockets.cgroup(source));
            assertThat(sockets.cgroup(nobody)).isEqualTo(SocketCgroups.NOBODY);
        }
    }

    private SocketCgroups open() throws IOException {
        return SocketCgroups.open((family, groups) -> channel);
    }

    private long ask(PacketView flow) throws IOException {
        SocketCgroups sockets = open();
        int number = sockets.askSource(flow);
        sockets.ask();
        return sockets.cgroup(number);
    }

    private static PacketView tcp(String source, int sourcePort, String destination, int port) {
        return UnitFlows.view(PacketBuilder.tcp(source, sourcePort, destination, port, "S"));
    }

    private static PacketView udp(String source, int sourcePort, String destination, int port) {
        return UnitFlows.view(PacketBuilder.udp(source, sourcePort, destination, port));
    }
}
