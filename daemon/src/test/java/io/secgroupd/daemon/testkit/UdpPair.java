package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;

/** Two datagrams at once out of one socket, as a resolver sends its questions for A and AAAA. */
public final class UdpPair {

    private static final int PATIENCE_MILLIS = 2000;

    private UdpPair() {}

    /** Sends so many pairs, each from a new socket, and counts the answers. */
    public static int answered(NetworkNamespace from, String to, int port, int pairs) {
        return from.call(() -> {
            int answers = 0;
            for (int i = 0; i < pairs; i++) {
                answers += pair(new InetSocketAddress(to, port));
            }
            return answers;
        });
    }

    private static int pair(InetSocketAddress to) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            DatagramSocket socket = channel.socket();
            socket.connect(to);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.send(new DatagramPacket(new byte[] {'4'}, 1));
            socket.send(new DatagramPacket(new byte[] {'6'}, 1));
            for (int answers = 0; answers < 2; answers++) {
                if (!receives(socket)) {
                    return answers;
                }
            }
            return 2;
        }
    }

    private static boolean receives(DatagramSocket socket) throws IOException {
        try {
            socket.receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
