package io.secgroupd.daemon.cli.control;

import io.secgroupd.daemon.admin.AdminLines;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on the lines of the flow log as the daemon of this host writes them, on a thread of its own. */
final class FollowedLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedLog.class);

    private static final int BUFFER = 64 * 1024;

    private final Consumer<byte[]> line;
    private final Runnable lost;
    private final ByteArrayOutputStream half = new ByteArrayOutputStream();
    private @Nullable AdminLines connection;
    private boolean closed;

    private FollowedLog(Consumer<byte[]> line, Runnable lost) {
        this.line = line;
        this.lost = lost;
    }

    /** Begins, without waiting for the daemon. */
    static FollowedLog begin(Path socket, Consumer<byte[]> line, Runnable lost) {
        var log = new FollowedLog(line, lost);
        var thread = new Thread(() -> log.run(socket), "console-log");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    private void run(Path socket) {
        try (AdminLines daemon = AdminLines.connect(socket)) {
            if (takes(daemon)) {
                read(daemon.get("/flows?follow=true&brief=true"));
            }
        } catch (IOException e) {
            LOG.debug("console.follow {}", e.toString()); // none runs, it ends, or this was closed
        } finally {
            end();
        }
    }

    private synchronized boolean takes(AdminLines daemon) {
        connection = daemon;
        return !closed;
    }

    private void end() {
        boolean told;
        synchronized (this) {
            told = closed;
        }
        if (!told) {
            lost.run();
        }
    }

    private void read(InputStream lines) throws IOException {
        var buffer = new byte[BUFFER];
        for (int read = lines.read(buffer); read >= 0; read = lines.read(buffer)) {
            split(buffer, read);
        }
    }

    private void split(byte[] buffer, int length) {
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (buffer[i] == '\n') {
                half.write(buffer, from, i - from);
                line.accept(half.toByteArray());
                half.reset();
                from = i + 1;
            }
        }
        half.write(buffer, from, length - from);
    }

    /** Ends it. It does not wait for the thread. */
    @Override
    public void close() {
        Closeable open;
        synchronized (this) {
            closed = true;
            open = connection;
        }
        if (open != null) {
            leave(open);
        }
    }

    /** Closes a connection of which nothing more is expected. */
    static void leave(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("console.leave {}", e.toString()); // it is left either way
        }
    }
}
