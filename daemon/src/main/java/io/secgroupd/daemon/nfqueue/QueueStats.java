package io.secgroupd.daemon.nfqueue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The kernel's counts for one queue, from its line of {@code net/netfilter/nfnetlink_queue} in the namespace of the calling
 * thread.
 *
 * @param ownerPortId the netlink port id of the socket that owns the queue
 * @param waiting the number of packets without a verdict
 * @param queueDropped the number of packets dropped because the queue was full
 * @param userDropped the number of packets dropped because the socket's buffer was full
 * @param delivered the number of packets that ever got an id, including the dropped ones
 */
public record QueueStats(
        int number, long ownerPortId, long waiting, long queueDropped, long userDropped, long delivered) {

    private static final String FILE = "thread-self/net/netfilter/nfnetlink_queue";

    /** Reads the counts of one queue; empty when nobody owns it. Reading needs root or group root. */
    public static Optional<QueueStats> read(int number) throws IOException {
        return read(Path.of("/proc"), number);
    }

    static Optional<QueueStats> read(Path proc, int number) throws IOException {
        return Files.readString(proc.resolve(FILE), StandardCharsets.US_ASCII)
                .lines()
                .flatMap(line -> parse(line).stream())
                .filter(stats -> stats.number() == number)
                .findFirst();
    }

    /** Columns: number, port id, waiting, copy mode, copy range, queue dropped, user dropped, id sequence, 1. */
    private static Optional<QueueStats> parse(String line) {
        String[] columns = line.strip().split("\\s+");
        if (columns.length < 8) {
            return Optional.empty();
        }
        return Optional.of(new QueueStats(
                Integer.parseInt(columns[0]),
                Long.parseLong(columns[1]),
                Long.parseLong(columns[2]),
                Long.parseLong(columns[5]),
                Long.parseLong(columns[6]),
                Long.parseLong(columns[7])));
    }
}
