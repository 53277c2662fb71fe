package io.secgroupd.daemon.flowlog.read;

import java.util.Arrays;

/**
 * Gathers equal decisions, whenever they were made and from whichever port, and hands on each once, with their number. A log of
 * ten million lines has a few thousand different ones. AWS's own records are handed on as they come: what they are is known
 * only by their ports and times.
 */
public final class DistinctLines implements LineSink {

    /** They take about 80 MB. */
    static final int MOST = 500_000;

    private static final Field[] KEY = {
        Field.HOST,
        Field.VERDICT,
        Field.REASON,
        Field.DIRECTION,
        Field.INSTANCE,
        Field.PROTOCOL,
        Field.SRC,
        Field.DST,
        Field.DPORT,
        Field.ICMP_TYPE,
        Field.ICMP_CODE,
        Field.TCP_FLAGS,
        Field.SPORT
    };

    private static final int MISSING = 0xffff;
    private static final int LENGTH_BYTES = 2;

    /** Takes what was gathered. */
    public interface DistinctSink extends LineSink {

        /**
         * Takes decisions that are equal but for their times and source ports. The line is reused afterwards.
         *
         * @param packets how many packets were decided so
         * @param first   when the first of them came, in milliseconds since 1970-01-01T00:00:00Z
         * @param last    when the last of them came
         */
        void distinct(LogLine line, long packets, long first, long last);

        /** Takes packets that could not be gathered, because there are too many different ones. */
        void notGathered(long packets);
    }

    private final DistinctSink next;
    private final LogLine line = new LogLine();
    private final byte[] key = new byte[1 << 12];
    private ByteKeys keys = new ByteKeys(MOST);
    private long[] packets = new long[64];
    private long[] first = new long[64];
    private long[] last = new long[64];
    private long left;

    public DistinctLines(DistinctSink next) {
        this.next = next;
    }

    @Override
    public void line(LogLine read) {
        if (read.isSkipData() || read.isAggregate()) {
            next.line(read);
            return;
        }
        int length = key(read);
        int entry = length > key.length ? ByteKeys.NONE : keys.find(key, 0, length);
        if (entry == ByteKeys.NONE) {
            left += read.number(Field.PACKETS);
            return;
        }
        if (entry == packets.length) {
            packets = Arrays.copyOf(packets, entry * 2);
            first = Arrays.copyOf(first, entry * 2);
            last = Arrays.copyOf(last, entry * 2);
        }
        add(entry, read);
    }

    private void add(int entry, LogLine read) {
        long came = read.happenedMillis();
        long begun = read.number(Field.PACKETS) == 1 || !read.has(Field.FIRST) ? came : read.firstMillis();
        first[entry] = packets[entry] == 0 ? begun : Math.min(first[entry], begun);
        last[entry] = Math.max(last[entry], Math.max(came, begun));
        packets[entry] += read.number(Field.PACKETS);
    }

    /**
     * Each value with its length before it; the source port only of a connection whose opening was not seen, where it helps
     * to tell who opened it. Returns a length beyond the room for it when the values do not fit.
     */
    private int key(LogLine read) {
        int at = 0;
        for (Field field : KEY) {
            boolean told = read.has(field) && (field != Field.SPORT || read.isMidStream());
            int length = told ? read.to(field) - read.from(field) : MISSING;
            int bytes = told ? length : 0;
            if (at + LENGTH_BYTES + bytes > key.length) {
                return key.length + 1;
            }
            key[at] = (byte) (length >> 8);
            key[at + 1] = (byte) length;
            at += LENGTH_BYTES;
            for (int i = 0, from = told ? read.from(field) : 0; i < bytes; i++) {
                key[at + i] = read.values()[from + i];
            }
            at += bytes;
        }
        return at;
    }

    @Override
    public void pause() {
        byte[] bytes = keys.bytes();
        for (int entry = 0; entry < keys.size(); entry++) {
            decode(bytes, keys.from(entry), keys.to(entry));
            next.distinct(line, packets[entry], first[entry], last[entry]);
        }
        if (left > 0) {
            next.notGathered(left);
        }
        keys = new ByteKeys(MOST);
        Arrays.fill(packets, 0);
        Arrays.fill(last, 0);
        left = 0;
        next.pause();
    }

    private void decode(byte[] bytes, int from, int to) {
        line.begin(bytes, from, to);
        int at = from;
        for (Field field : KEY) {
            int length = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            at += LENGTH_BYTES;
            if (length != MISSING) {
                line.set(field, at, at + length);
                at += length;
            }
        }
    }
}
