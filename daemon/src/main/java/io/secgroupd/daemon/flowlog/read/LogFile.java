package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.daemon.flowlog.read.LineParser.LineKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One open file of the log, which stays the same whatever happens to its name. It is recognised by how it begins, since
 * neither its name nor its inode survives compression.
 */
final class LogFile implements Closeable {

    /** Bytes that are enough to hold the first line of any format. */
    private static final int HEAD_BYTES = 512;

    /** Bytes of a line with names of fields, of which AWS has some forty. */
    private static final int LONGEST_HEADER = 8192;

    /** How many lines are searched for a time. */
    private static final int MOST_LINES = 100;

    private static final int GZIP_BUFFER = 64 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object identity;
    private final long lastModified;
    private final boolean regular;
    private final Packing packing;
    private final ChannelInput plain;
    private byte[] head;
    private boolean emptied;
    private long firstMillis = LogLine.UNKNOWN;

    private LogFile(Path path, FileChannel channel, BasicFileAttributes attributes) throws IOException {
        this.path = path;
        this.channel = channel;
        this.identity = attributes.fileKey();
        this.lastModified = attributes.lastModifiedTime().toMillis();
        this.regular = attributes.isRegularFile();
        this.plain = new ChannelInput(channel);
        this.packing = regular ? packing() : Packing.PLAIN;
        this.head = regular && unpackedBy().isEmpty() ? readHead() : new byte[0];
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

    private Packing packing() throws IOException {
        return Packing.of(new ChannelInput(channel).readNBytes(Packing.bytesToKnow()));
    }

    /** The program that unpacks it, when this program cannot. */
    Optional<String> unpackedBy() {
        return packing.tool();
    }

    /** A line with names of fields is left out: logs of one format have it in common. */
    private byte[] readHead() {
        try (InputStream in = decompressed(new ChannelInput(channel))) {
            byte[] first = in.readNBytes(HEAD_BYTES);
            return first.length > 0 && isHeader(first[0]) ? behindHeader(first, in) : first;
        } catch (IOException e) {
            return new byte[0]; // damaged: reading it in full says so, with its place
        }
    }

    private static boolean isHeader(byte first) {
        return (first >= 'a' && first <= 'z') || first == '$';
    }

    private static byte[] behindHeader(byte[] first, InputStream more) throws IOException {
        byte[] rest = more.readNBytes(LONGEST_HEADER);
        byte[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        int end = 0;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        int from = Math.min(end + 1, all.length);
        return Arrays.copyOfRange(all, from, Math.min(all.length, from + HEAD_BYTES));
    }

    private InputStream decompressed(ChannelInput in) throws IOException {
        return packing == Packing.GZIP ? new GZIPInputStream(in, GZIP_BUFFER) : in;
    }

    /** From its beginning. */
    InputStream stream() throws IOException {
        if (!regular) {
            return Channels.newInputStream(channel);
        }
        return packing == Packing.GZIP ? new ReadAhead(decompressed(plain)) : plain;
    }

    /** When its first line was, or its last write when no line says. */
    long firstMillis() {
        if (firstMillis == LogLine.UNKNOWN) {
            firstMillis = readFirstMillis();
        }
        return firstMillis;
    }

    private long readFirstMillis() {
        try (InputStream in = decompressed(new ChannelInput(channel))) {
            var lines = new LineSplitter(in);
            var parser = new LineParser();
            var line = new LogLine();
            for (int i = 0; i < MOST_LINES && lines.next(); i++) {
                boolean read = parser.parse(line, lines.buffer(), lines.lineFrom(), lines.lineTo()) == LineKind.LINE;
                if (read) {
                    return line.timeMillis();
                }
            }
        } catch (IOException e) {
            return lastModified; // damaged: reading it in full says so, with its place
        }
        return lastModified;
    }

    /** Reports whether both begin with the same lines. A file that is still written may have grown in between. */
    boolean beginsLike(LogFile other) {
        refreshHead();
        int common = Math.min(head.length, other.head.length);
        return common > 0 && Arrays.equals(head, 0, common, other.head, 0, common);
    }

    private void refreshHead() {
        if (regular && !emptied && head.length < HEAD_BYTES && channel.isOpen()) {
            head = readHead();
        }
    }

    /** Reports whether the name still refers to this file. */
    boolean isStillAt(Path name) {
        try {
            Object found = Files.readAttributes(name, BasicFileAttributes.class).fileKey();
            return found != null && found.equals(identity);
        } catch (IOException e) {
            return false;
        }
    }

    /** Reports whether it has become shorter than what was read of it, or has begun anew since. */
    boolean isTruncated() throws IOException {
        if (!regular || packing != Packing.PLAIN) {
            return false;
        }
        emptied = channel.size() < plain.position() || !Arrays.equals(head, Arrays.copyOf(readHead(), head.length));
        return emptied;
    }

    /** Bytes from the beginning that have been read. */
    long position() {
        return plain.position();
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
