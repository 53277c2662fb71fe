package io.secgroupd.controlplane.store.directory;

import io.secgroupd.controlplane.store.common.Json;
import io.secgroupd.controlplane.store.common.Json.JsonTexts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in one file, in the order in which they were written: a line each, of which the last one of a key counts. Writing is
 * adding, so that a thousand records need one wait for the disk. Before the lines stands the version that was reached when the
 * file was written anew last, by which a reader finds out that its place in the file is none any more.
 */
final class RecordLog {

    private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);

    /** A number with as many digits as any, and the end of the line. */
    private static final int HEAD_BYTES = 20;

    private final Path file;
    private @Nullable Stamp seen;
    private long head = -1;
    private long end = HEAD_BYTES;

    /** How a file looked. Adding makes it longer, and writing it anew makes it another. */
    private record Stamp(@Nullable Object inode, long size, long modified) {}

    /** One line: the value is empty when the record was removed. */
    record Entry(String key, Optional<String> value, long version) {}

    /**
     * What was not read before.
     *
     * @param whole   whether it is all that the file has, since it was written anew
     * @param version at least the greatest one so far
     */
    record Fresh(boolean whole, List<Entry> entries, long version) {}

    RecordLog(Path directory) {
        this.file = directory.resolve("log.jsonl");
    }

    /** What was written since the last call, by whomever. A line that is being written is left for the next call. */
    synchronized Optional<Fresh> read() throws IOException {
        Stamp now = stamp();
        if (now == null || now.equals(seen)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long found = head(channel);
            boolean whole = found != head || channel.size() < end;
            long from = whole ? HEAD_BYTES : end;
            byte[] bytes = bytes(channel, from, Math.toIntExact(channel.size() - from));
            int length = 1 + lastLineEnd(bytes);
            List<Entry> entries = parse(new String(bytes, 0, length, StandardCharsets.UTF_8));
            head = found;
            end = from + length;
            seen = now;
            long newest = entries.stream().mapToLong(Entry::version).max().orElse(0);
            return Optional.of(new Fresh(whole, entries, Math.max(found, newest)));
        }
    }

    private @Nullable Stamp stamp() throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private long head(FileChannel channel) throws IOException {
        String text = new String(bytes(channel, 0, HEAD_BYTES), StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not a file of records. Restore it from a backup, or remove it.", e);
        }
    }

    private static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, from + buffer.position());
        }
        return buffer.array();
    }

    private static int lastLineEnd(byte[] bytes) {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    /** A loss of power may leave a part of what nobody was told to be written. */
    private List<Entry> parse(String lines) {
        var entries = new ArrayList<Entry>();
        lines.lines().forEach(line -> {
            try {
                JsonTexts json = Json.parse(line);
                entries.add(new Entry(
                        json.text("key"),
                        Optional.ofNullable(json.texts().get("value")),
                        Long.parseLong(json.text("version"))));
            } catch (IOException | NumberFormatException e) {
                LOG.warn("store.damaged: a line of {} is left out: {}", file, e.getMessage());
            }
        });
        return entries;
    }

    private static byte[] bytes(Collection<Entry> entries) {
        var lines = new StringBuilder();
        for (Entry entry : entries) {
            var json = new JsonTexts();
            json.texts().put("key", entry.key());
            json.texts().put("version", Long.toString(entry.version()));
            entry.value().ifPresent(value -> json.texts().put("value", value));
            lines.append(Json.line(json)).append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] head(long version) {
        return String.format(Locale.ROOT, "%0" + (HEAD_BYTES - 1) + "d\n", version)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds lines after the last whole one. Only who has the lock, and has read all, may do so. */
    void add(List<Entry> entries) throws IOException {
        long from = Files.exists(file) ? end() : begin();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                channel.truncate(from);
                ByteBuffer rest = ByteBuffer.wrap(bytes(entries));
                while (rest.hasRemaining()) {
                    channel.write(rest, from + rest.position());
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(from);
                throw e;
            }
        }
    }

    private synchronized long begin() throws IOException {
        writeAnew(List.of(), 0);
        seen = null; // whatever was read before is gone
        head = -1;
        end = HEAD_BYTES;
        return end;
    }

    private synchronized long end() {
        return end;
    }

    /** Forgets all but these. Only who has the lock may do so. */
    void writeAnew(Collection<Entry> entries, long version) throws IOException {
        byte[] lines = bytes(entries);
        byte[] start = head(version);
        ByteBuffer all =
                ByteBuffer.allocate(start.length + lines.length).put(start).put(lines);
        Disk.replace(file, all.array());
        Disk.forceNames(file);
    }
}
