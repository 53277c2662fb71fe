package io.secgroupd.daemon.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.secgroupd.daemon.packet.PacketBuilder;
import io.secgroupd.daemon.packet.PacketDecoder;
import io.secgroupd.daemon.packet.PacketView;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets over loopback, asked for in the real kernel. */
class LocalSocketsTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void knowsAConnectionByBothEndsAndNothingElse(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (LocalSockets sockets = LocalSockets.open();
                ServerSocket listener = new ServerSocket(0, 1, address);
                Socket client = new Socket(address, listener.getLocalPort());
                Socket accepted = listener.accept()) {
            int port = client.getLocalPort();
            int service = accepted.getLocalPort();

            assertThat(sockets.connected(packet(host, port, host, service))).isTrue();
            assertThat(sockets.connected(packet(host, service, host, port)))
                    .as("who is listened for was dialled")
                    .isFalse();
            // A port that is listened on is no connection, and neither is half a match.
            assertThat(sockets.connected(packet(host, service, host, 1))).isFalse();
            assertThat(sockets.connected(packet(host, port, host, 1))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void knowsAConnectedUdpSocketAndNoOther(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (LocalSockets sockets = LocalSockets.open();
                DatagramSocket connected = new DatagramSocket(0, address);
                DatagramSocket unconnected = new DatagramSocket(0, address)) {
            int port = connected.getLocalPort();
            connected.connect(address, 5353);

            assertThat(sockets.connected(datagram(host, port, host, 5353))).isTrue();
            assertThat(sockets.connected(datagram(host, port, host, 5354))).isFalse();
            assertThat(sockets.connected(datagram(host, 5353, host, port))).isFalse();
            assertThat(sockets.connected(datagram(host, unconnected.getLocalPort(), host, 5353)))
                    .isFalse();
            assertThat(sockets.connected(packet(host, port, host, 5353))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0.0.0.0", "127.0.0.1, ::", "::1, ::"})
    void whoListensEverywhereListensHere(String host, String everywhere) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (LocalSockets sockets = LocalSockets.open();
                ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName(everywhere));
                Socket client = new Socket(address, listener.getLocalPort());
                Socket accepted = listener.accept()) {
            int port = client.getLocalPort();
            int service = accepted.getLocalPort();

            assertThat(sockets.connected(packet(host, service, host, port))).isFalse();
            assertThat(sockets.connected(packet(host, port, host, service))).isTrue();
        }
    }

    @Test
    void aListenerAtAnotherAddressSaysNothing() throws IOException {
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (LocalSockets sockets = LocalSockets.open();
                ServerSocket service = new ServerSocket(0, 1, here);
                Socket client = new Socket(here, service.getLocalPort());
                ServerSocket elsewhere = new ServerSocket(
                        client.getLocalPort(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}))) {
            assertThat(elsewhere.getLocalPort()).isEqualTo(client.getLocalPort());
            assertThat(sockets.connected(
                            packet("127.0.0.1", client.getLocalPort(), "127.0.0.1", service.getLocalPort())))
                    .isTrue();
        }
    }

    private static PacketView datagram(String source, int sourcePort, String destination, int destinationPort) {
        return view(PacketBuilder.udp(source, sourcePort, destination, destinationPort));
    }

    private static PacketView packet(String source, int sourcePort, String destination, int destinationPort) {
        return view(PacketBuilder.tcp(source, sourcePort, destination, destinationPort, "A"));
    }

    private static PacketView view(byte[] bytes) {
        var view = new PacketView();
        PacketDecoder.decode(ByteBuffer.wrap(bytes), 0, bytes.length, view);
        return view;
    }
}
