package io.secgroupd.daemon.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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

    /** Asks in each flow, several times, and then waits as long for all of them as for one; counts those that are answered. */
    public int answeredWithin(Duration time) {
        for (int i = 0; i < TRIES; i++) {
            channels.forEach(ManyFlows::ask);
        }
        long end = System.nanoTime() + time.toNanos();
        int answered = 0;
        for (DatagramChannel channel : channels) {
            long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (receives(channel, (int) Math.max(1, rest))) {
                answered++;
            }
        }
        return answered;
    }

    private static void ask(DatagramChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {'?'}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isAnswered(DatagramChannel channel) {
        for (int i = 0; i < TRIES; i++) {
            ask(channel);
            if (receives(channel, PATIENCE_MILLIS)) {
                return true;
            }
        }
        return false;
    }

    private static boolean receives(DatagramChannel channel, int patienceMillis) {
        try {
            channel.socket().setSoTimeout(patienceMillis);
            channel.socket().receive(new DatagramPacket(new byte[1], 1));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
