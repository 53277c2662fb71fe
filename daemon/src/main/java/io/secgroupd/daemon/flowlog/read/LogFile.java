package io.secgroupd.daemon.flowlog.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log, open: it stays the same whatever becomes of its name. It is known by how it begins, since neither name
 * nor inode outlive its compression.
 */
final class LogFile implements Closeable {

    /** Holds the first line of any format. */
    private static final int HEAD_BYTES = 512;

    private static final int GZIP_BUFFER = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object identity;
    private final long lastModified;
    private final boolean regular;
    private final boolean gzip;
    private final ChannelInput plain;
    private byte[] head;

    private LogFile(Path path, FileChannel channel, BasicFileAttributes attributes) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = attributes.fileKey();
        this.lastModified = attributes.lastModifiedTime().toMillis();
        this.regular = attributes.isRegularFile();
        this.plain = new ChannelInput(channel);
        this.gzip = regular && isGzip();
        this.head = regular ? readHead() : new byte[0];
    }

    static LogFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        try {
            return new LogFile(path, channel, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private boolean isGzip() throws IOException {
        byte[] magic = new ChannelInput(channel).readNBytes(2);
        return magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    }

    private byte[] readHead() {
        try (InputStream in = decompressed(new ChannelInput(channel))) {
            return in.readNBytes(HEAD_BYTES);
        } catch (IOException e) {
            return new byte[0]; // damaged: reading it in full says so, with its place
        }
    }

    private InputStream decompressed(ChannelInput in) throws IOException {
        return gzip ? new GZIPInputStream(in, GZIP_BUFFER) : in;
    }

    /** From its beginning. */
    InputStream stream() throws IOException {
        if (!regular) {
            return Channels.newInputStream(channel);
        }
        return gzip ? new ReadAhead(decompressed(plain)) : plain;
    }

    /** Whether both begin with the same lines. A file that is still written may have grown in between. */
    boolean beginsLike(LogFile other) {
        refreshHead();
        int common = Math.min(head.length, other.head.length);
        return common > 0 && Arrays.equals(head, 0, common, other.head, 0, common);
    }

    private void refreshHead() {
        if (regular && head.length < HEAD_BYTES && channel.isOpen()) {
            head = readHead();
        }
    }

    /** Whether the name still means this file. */
    boolean isStillAt(Path name) {
        try {
            Object found = Files.readAttributes(name, BasicFileAttributes.class).fileKey();
            return found != null && found.equals(identity);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether it has become shorter than what was read of it. */
    boolean isTruncated() throws IOException {
        return regular && !gzip && channel.size() < plain.position();
    }

    /** Milliseconds since 1970-01-01T00:00:00Z of the last write. */
    long lastModified() {
        return lastModified;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        refreshHead();
        channel.close();
    }
}
