package io.secgroupd.daemon.testkit;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainDatagramSocketAddress;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** systemd's end of NOTIFY_SOCKET: what it is told. */
public final class NotifySocket implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;
    private static final Duration SILENCE = Duration.ofMillis(500);

    private final Socket socket;
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();

    /** One datagram. */
    public record Message(String text) {}

    private NotifySocket(Socket socket) {
        this.socket = socket;
    }

    /**
     * Listens from now on.
     *
     * @param path of a file that does not exist, or an abstract name that begins with NUL
     */
    public static NotifySocket at(String path) {
        Epoll.ensureAvailability();
        try {
            Socket socket = Socket.newSocketDomainDgram();
            socket.bind(new DomainSocketAddress(path));
            NotifySocket opened = new NotifySocket(socket);
            Thread thread = new Thread(opened::receiveAll, "notify socket");
            thread.setDaemon(true);
            thread.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void receiveAll() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(4096);
        try {
            while (socket.isOpen()) {
                DomainDatagramSocketAddress from = socket.recvFromDomainSocket(datagram, 0, datagram.capacity());
                if (from == null) {
                    Thread.sleep(1); // this socket never blocks
                    continue;
                }
                byte[] bytes = new byte[from.receivedAmount()];
                datagram.get(0, bytes);
                messages.add(new Message(new String(bytes, StandardCharsets.UTF_8)));
            }
        } catch (IOException | InterruptedException e) {
            // Closed: the test is over.
        }
    }

    /** The next message, which is waited for. */
    public Message await() {
        return within(Duration.ofSeconds(PATIENCE_SECONDS))
                .orElseThrow(() -> new IllegalStateException("systemd was told nothing"));
    }

    /** The next message that begins like this; those before it are passed over. */
    public Message await(String beginning) {
        Message next = await();
        while (!next.text().startsWith(beginning)) {
            next = await();
        }
        return next;
    }

    /** The next message, if one comes in time. */
    public Optional<Message> within(Duration limit) {
        try {
            return Optional.ofNullable(messages.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Forgets what has come, and what is still on its way from one that has just been stopped. */
    public void awaitSilence() {
        while (within(SILENCE).isPresent()) {
            // Read and forgotten.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
