package io.secgroupd.controlplane.store.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Stands before a member of etcd. It can let a connection fall silent, as a network does, at the request that matters. */
final class LossyProxy implements AutoCloseable {

    /** What gets lost from the request on. */
    enum Loss {
        NOTHING,
        ANSWERS,
        ALL
    }

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NOTHING);
    private final URI member;

    LossyProxy(URI member) throws IOException {
        this.member = member;
        daemon(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** The connection of the next request that names a revision to come loses this. */
    void loseNext(Loss loss) {
        next.set(loss);
    }

    /** Whether that request has come. */
    boolean hasLost() {
        return next.get() == Loss.NOTHING;
    }

    private static void daemon(Pump pump) {
        var thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException e) {
                // The connection has ended.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Pump {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            var server = new Socket(member.getHost(), member.getPort());
            sockets.add(client);
            sockets.add(server);
            var loss = new AtomicReference<>(Loss.NOTHING);
            daemon(() -> requests(client, server, loss));
            daemon(() -> answers(server, client, loss));
        }
    }

    private void requests(Socket client, Socket server, AtomicReference<Loss> loss) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            String text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
            if (text.contains(Keys.revision(2))) {
                loss.compareAndSet(Loss.NOTHING, next.getAndSet(Loss.NOTHING));
            }
            if (loss.get() != Loss.ALL) {
                out.write(buffer, 0, read);
            }
        }
        server.close();
    }

    private static void answers(Socket server, Socket client, AtomicReference<Loss> loss) throws IOException {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (loss.get() == Loss.NOTHING) {
                out.write(buffer, 0, read);
            }
        }
        client.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
