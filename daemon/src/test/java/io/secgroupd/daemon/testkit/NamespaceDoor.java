package io.secgroupd.daemon.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A port on the loopback of the tests that leads to a port on the loopback of a namespace. */
final class NamespaceDoor implements Closeable {

    private final NetworkNamespace namespace;
    private final int inside;
    private final ServerSocket outside;

    private NamespaceDoor(NetworkNamespace namespace, int inside, ServerSocket outside) {
        this.namespace = namespace;
        this.inside = inside;
        this.outside = outside;
    }

    /** Opens one on a free port; the namespace closes it with itself. */
    static NamespaceDoor open(NetworkNamespace namespace, int inside) {
        try {
            var door = new NamespaceDoor(namespace, inside, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            namespace.own(door);
            start(door::letIn);
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port here. */
    int port() {
        return outside.getLocalPort();
    }

    private void letIn() {
        try {
            while (!outside.isClosed()) {
                Socket near = outside.accept();
                Socket far = namespace.call(() -> new Socket(InetAddress.getLoopbackAddress(), inside));
                start(() -> carry(near, far));
                start(() -> carry(far, near));
            }
        } catch (IOException e) {
            // It was closed: the test is over.
        }
    }

    /** Each direction ends by itself; when one cannot go on, both connections are of no more use. */
    private static void carry(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone anyway.
        }
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "door");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        outside.close();
    }
}
