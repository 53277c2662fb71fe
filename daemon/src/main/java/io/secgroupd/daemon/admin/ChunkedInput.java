package io.secgroupd.daemon.admin;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer in chunks. It fails when the connection ends before the last one. */
final class ChunkedInput extends InputStream {

    private static final int LONGEST_LINE = 64;

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0; // without waiting for the next chunk
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int read = in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw brokenOff();
        }
        left -= read;
        return read;
    }

    private void nextChunk() throws IOException {
        if (begun && !line().isEmpty()) {
            throw new IOException("the answer is not HTTP/1.1");
        }
        begun = true;
        try {
            left = Long.parseLong(line(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("the answer is not HTTP/1.1", e);
        }
        ended = left == 0;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.length() > LONGEST_LINE) {
                throw brokenOff();
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private static EOFException brokenOff() {
        return new EOFException("the answer of the daemon broke off");
    }
}
