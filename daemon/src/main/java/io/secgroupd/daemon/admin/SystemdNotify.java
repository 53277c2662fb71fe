package io.secgroupd.daemon.admin;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd the state of the daemon in datagrams, as sd_notify(3) describes. Without systemd it does nothing. It
 * never fails and never waits, because the packet path feeds the watchdog.
 */
public final class SystemdNotify implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemdNotify.class);
    private static final int MOST_BYTES = 4096;

    private final byte[] address;
    private final @Nullable Socket socket;
    private final Optional<Duration> watchdog;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MOST_BYTES);
    private boolean complained;

    private SystemdNotify(byte[] address, @Nullable Socket socket, Optional<Duration> watchdog) {
        this.address = address;
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /**
     * Reads the settings from the environment of this process.
     *
     * @param environment the environment, with NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID under systemd
     * @param pid         the id of this process
     */
    public static SystemdNotify of(Map<String, String> environment, long pid) {
        String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (path.isEmpty()) {
            return new SystemdNotify(new byte[0], null, Optional.empty());
        }
        Epoll.ensureAvailability(); // loads the library that Socket needs
        byte[] address = path.getBytes(StandardCharsets.UTF_8);
        if (address[0] == '@') {
            address[0] = 0; // a leading zero marks an abstract name
        }
        return new SystemdNotify(address, Socket.newSocketDomainDgram(), watchdog(environment, pid));
    }

    /** Half of systemd's watchdog time, as sd_watchdog_enabled(3) advises. */
    private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
        String forPid = environment.getOrDefault("WATCHDOG_PID", String.valueOf(pid));
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        if (!forPid.equals(String.valueOf(pid)) || !micros.matches("[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros)) / 2));
    }

    /** How often {@link #alive} must be called; empty when there is no watchdog. */
    public Optional<Duration> watchdogInterval() {
        return watchdog;
    }

    /** Reports that packets are being judged, or are judged by the current files again. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + line(status));
    }

    public void status(String status) {
        send("STATUS=" + line(status));
    }

    /** Reports that the files are being read again; {@link #ready} reports the end of it. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    public void stopping() {
        send("STOPPING=1");
    }

    /** Feeds the watchdog. */
    public void alive() {
        send("WATCHDOG=1");
    }

    private static String line(String status) {
        return status.replaceAll("\\R", " ");
    }

    private synchronized void send(String message) {
        if (socket == null) {
            return;
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MOST_BYTES);
        datagram.clear().put(bytes, 0, length);
        try {
            socket.sendToDomainSocket(datagram, 0, length, address);
        } catch (IOException e) {
            complain(e);
        }
    }

    private void complain(IOException e) {
        if (!complained) {
            complained = true;
            LOG.warn("systemd.unreachable {}: systemd gets no notifications", e.toString());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
