package io.secgroupd.daemon.flowlog.read;

/**
 * Gathers equal decisions, whenever they were made and from whichever port, and hands on each once, with their number. A log of
 * ten million lines has a few thousand different ones. AWS's own records are handed on as they come: what they are is known
 * only by their ports and times.
 */
public final class DistinctLines implements LineSink {

    /** They take about 80 MB. */
    static final int MOST = 500_000;

    /** What is judged, and for whom it was judged. */
    private static final Field[] ALWAYS = {
        Field.DIRECTION,
        Field.INSTANCE,
        Field.PROTOCOL,
        Field.SRC,
        Field.DST,
        Field.DPORT,
        Field.ICMP_TYPE,
        Field.ICMP_CODE
    };

    /** What matters where no instance answered: whether the host lets such packets through. */
    private static final Field[] UNLISTED = {Field.VERDICT, Field.REASON};

    /** What matters of a connection whose opening was not seen, since it may tell who opened it. */
    private static final Field[] MID_STREAM = {Field.SPORT, Field.TCP_FLAGS};

    private static final byte[] NO_INSTANCE = LineWords.of("no-instance");
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
    private int keyEnd;
    private final DistinctCounter counter = new DistinctCounter(MOST);
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
        long count = read.number(Field.PACKETS);
        if (!writeKey(read)) {
            left += count;
            return;
        }
        long came = read.happenedMillis();
        long begun = count == 1 || !read.has(Field.FIRST) ? came : Math.min(came, read.firstMillis());
        counter.add(key, keyEnd, count, begun, came);
    }

    /** Writes the values that matter; false when they have no room. */
    private boolean writeKey(LogLine read) {
        keyEnd = 0;
        return append(read, ALWAYS, true)
                && append(read, UNLISTED, read.is(Field.REASON, NO_INSTANCE))
                && append(read, MID_STREAM, read.isMidStream());
    }

    /** Appends values, each with its length before it. */
    private boolean append(LogLine read, Field[] fields, boolean matters) {
        for (Field field : fields) {
            boolean told = matters && read.has(field);
            int length = told ? read.to(field) - read.from(field) : 0;
            if (keyEnd + LENGTH_BYTES + length > key.length) {
                return false;
            }
            int shown = told ? length : MISSING;
            key[keyEnd] = (byte) (shown >> 8);
            key[keyEnd + 1] = (byte) shown;
            keyEnd += LENGTH_BYTES;
            if (told) {
                System.arraycopy(read.values(), read.from(field), key, keyEnd, length);
            }
            keyEnd += length;
        }
        return true;
    }

    @Override
    public void pause() {
        DistinctTable table = counter.take();
        for (int entry = 0; entry < table.size(); entry++) {
            decode(table.bytes(), table.from(entry), table.to(entry));
            next.distinct(line, table.packets(entry), table.first(entry), table.last(entry));
        }
        left += table.left();
        if (left > 0) {
            next.notGathered(left);
        }
        left = 0;
        next.pause();
    }

    private void decode(byte[] bytes, int from, int to) {
        line.begin(bytes, from, to);
        int at = decode(bytes, from, ALWAYS);
        at = decode(bytes, at, UNLISTED);
        decode(bytes, at, MID_STREAM);
    }

    private int decode(byte[] bytes, int from, Field[] fields) {
        int at = from;
        for (Field field : fields) {
            int length = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
            at += LENGTH_BYTES;
            if (length != MISSING) {
                line.set(field, at, at + length);
                at += length;
            }
        }
        return at;
    }
}
