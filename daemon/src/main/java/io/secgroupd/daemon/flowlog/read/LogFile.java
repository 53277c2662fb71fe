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
 * One open file of the log, which stays the same whatever happens to its name. It is recognised by its beginning, since
 * neither its name nor its inode survives compression.
 */
final class LogFile implements Closeable {

    /** The number of bytes that can hold the first line of any format. */
    private static final int HEAD_BYTES = 512;

    /** The number of bytes for a line with names of fields, of which AWS has some forty. */
    private static final int LONGEST_HEADER = 8192;

    /** The number of lines in which a time is searched for. */
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
    private @Nullable ReadAhead unpacking;
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

    /** The program that unpacks the file, if this program cannot. */
    Optional<String> unpackedBy() {
        return packing.tool();
    }

    /** The beginning without a line of field names, because all logs of one format share it. */
    private byte[] readHead() {
        try (InputStream in = decompressed(new ChannelInput(channel))) {
            byte[] first = in.readNBytes(HEAD_BYTES);
            return first.length > 0 && isHeader(first[0]) ? behindHeader(first, in) : first;
        } catch (IOException e) {
            return new byte[0]; // the file is damaged; a full read reports it, with the place
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

    /** A stream from the beginning of the file. */
    InputStream stream() throws IOException {
        if (!regular) {
            return Channels.newInputStream(channel);
        }
        if (packing != Packing.GZIP) {
            return plain;
        }
        unpacking = new ReadAhead(decompressed(plain));
        return unpacking;
    }

    /** The time of the first line, or of the last write when no line has a time. */
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
            return lastModified; // the file is damaged; a full read reports it, with the place
        }
        return lastModified;
    }

    /** Reports whether both files begin with the same lines. A file that is still written may have grown in between. */
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

    /** Reports whether the file has become shorter than what was read of it, or has been started anew since. */
    boolean isTruncated() throws IOException {
        if (!regular || packing != Packing.PLAIN) {
            return false;
        }
        emptied = channel.size() < plain.position() || !Arrays.equals(head, Arrays.copyOf(readHead(), head.length));
        return emptied;
    }

    /** The number of bytes read from the beginning. */
    long position() {
        return plain.position();
    }

    /** The time of the last write, in milliseconds since 1970-01-01T00:00:00Z. */
    long lastModified() {
        return lastModified;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        refreshHead();
        if (unpacking != null) {
            unpacking.close(); // who has read enough of the file leaves no thread behind
        }
        channel.close();
    }
}
