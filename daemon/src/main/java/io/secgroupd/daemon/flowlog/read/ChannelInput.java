package io.secgroupd.daemon.flowlog.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file from its beginning, at a place of its own; at its end there may be more later. */
final class ChannelInput extends InputStream {

    private final FileChannel channel;
    private long position;

    ChannelInput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
        position += Math.max(0, read);
        return read;
    }

    /** Whether more is there: a compressed file may be several one behind the other, and its reader asks before it goes on. */
    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, channel.size() - position));
    }

    /** Bytes from the beginning that have been read. */
    long position() {
        return position;
    }
}
