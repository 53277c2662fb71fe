package io.secgroupd.daemon.flowlog;

/**
 * The last part of a line, from the destination on. It is kept, because a busy host writes hundreds of lines in a millisecond that
 * differ in their sources alone; to compare and copy it takes less than to write it anew.
 */
final class LineTail {

    private final FlowRecord record = new FlowRecord();
    private byte[] bytes = {};
    private int length;

    /** Appends what is kept, if it is what the line of this record ends with. */
    boolean put(FlowRecord other, LineBuffer out) {
        if (length == 0 || !fits(other)) {
            return false;
        }
        out.put(bytes, length);
        return true;
    }

    /** Keeps what a line has from a place on, as the last part of the line of a record. */
    void keep(FlowRecord of, LineBuffer line, int from) {
        record.fill(of);
        length = line.size() - from;
        if (length > bytes.length) {
            bytes = new byte[length * 2];
        }
        line.copyTo(bytes, from);
    }

    /** Equal names that are two objects do not count: the part is written anew then, and is the same. */
    @SuppressWarnings("ReferenceEquality")
    private boolean fits(FlowRecord other) {
        return record.lastMillis() == other.lastMillis()
                && record.firstMillis() == other.firstMillis()
                && record.sameDestination(other)
                && record.interfaceIndex() == other.interfaceIndex()
                && record.generation() == other.generation()
                && record.packets() == other.packets()
                && record.observed() == other.observed()
                && record.repeat() == other.repeat()
                && record.unit() == other.unit()
                && record.candidate() == other.candidate();
    }
}
