package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on its own thread, some pieces ahead. Decompressing a log takes as long as parsing it, and a second
 * core is available.
 */
final class ReadAhead extends InputStream {

    private static final int PIECE = 256 * 1024;
    private static final int PIECES = 4;

    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<Chunk> empty = new ArrayBlockingQueue<>(PIECES);
    private final Thread thread;
    private Chunk current = new Chunk();

    /** Some bytes of the stream; the last piece also holds how the stream ends. */
    private static final class Chunk {
        private final byte[] bytes = new byte[PIECE];
        private int from;
        private int to;
        private boolean last;
        private @Nullable IOException failure;
    }

    ReadAhead(InputStream in) {
        for (int i = 1; i < PIECES; i++) {
            empty.add(new Chunk());
        }
        thread = new Thread(() -> readAll(in), "log-read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll(InputStream in) {
        try {
            Chunk piece;
            do {
                piece = empty.take();
                fill(piece, in);
                full.put(piece);
            } while (!piece.last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the stream was closed, so nobody waits for more
        }
    }

    private static void fill(Chunk piece, InputStream in) {
        piece.from = 0;
        piece.to = 0;
        try {
            while (piece.to < PIECE && !piece.last) {
                int read = in.read(piece.bytes, piece.to, PIECE - piece.to);
                piece.last = read < 0;
                piece.to += Math.max(0, read);
            }
        } catch (IOException e) {
            piece.last = true;
            piece.failure = e; // the bytes read before the failure count
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (current.from == current.to) {
            if (current.failure != null) {
                throw current.failure;
            }
            if (current.last) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, current.to - current.from);
        System.arraycopy(current.bytes, current.from, bytes, offset, count);
        current.from += count;
        return count;
    }

    private void next() throws IOException {
        try {
            empty.put(current);
            current = full.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a file was read", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
