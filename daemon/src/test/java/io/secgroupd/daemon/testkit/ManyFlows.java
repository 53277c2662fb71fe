package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/** Very many UDP flows to one echo service: each has a port of its own, and a connection tracking entry. */
public final class ManyFlows implements AutoCloseable {

    private static final int FIRST_PORT = 20_000;
    private static final int TRIES = 5;
    private static final int PATIENCE_MILLIS = 2000;

    private final List<DatagramChannel> channels;

    private ManyFlows(List<DatagramChannel> channels) {
        this.channels = channels;
    }

    public static ManyFlows open(NetworkNamespace from, String to, int port, int count) {
        return new ManyFlows(from.call(() -> {
            List<DatagramChannel> channels = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.bind(new InetSocketAddress(FIRST_PORT + i)).connect(new InetSocketAddress(to, port));
            }
            return channels;
        }));
    }

    /** Asks in each flow, one after the other, and counts those that are answered. */
    public int answered() {
        int answered = 0;
        for (DatagramChannel channel : channels) {
            if (isAnswered(channel)) {
                answered++;
            }
        }
        return answered;
    }

    private static boolean isAnswered(DatagramChannel channel) {
        try {
            for (int i = 0; i < TRIES; i++) {
                channel.write(ByteBuffer.wrap(new byte[] {'?'}));
                if (receives(channel)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean receives(DatagramChannel channel) throws IOException {
        channel.socket().setSoTimeout(PATIENCE_MILLIS);
        try {
            channel.socket().receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        for (DatagramChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
