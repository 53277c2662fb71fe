package io.secgroupd.daemon.flowlog.read;

/** Parses the lines of one file, in either format. The first byte of each line shows its format. */
final class LineParser {

    /** The result of parsing a line. */
    enum LineKind {
        LINE,
        /** A header line, or a record of an interval without data. */
        NOTHING,
        /** The line is not one of a flow log, or only part of one. */
        DAMAGED,
        /** A record whose fields no header line names. */
        UNNAMED,
        /** A header line that lacks required fields. */
        UNUSABLE_HEADER
    }

    private final VpcReader vpc = new VpcReader();

    LineKind parse(LogLine line, byte[] bytes, int begin, int to) {
        int from = begin + byteOrderMark(bytes, begin, to);
        if (from == to) {
            return LineKind.DAMAGED;
        }
        if (bytes[from] != '{') {
            line.begin(bytes, from, to);
            return vpc.parse(line, bytes, from, to);
        }
        if (OwnJson.parse(line, bytes, from, to) == to) {
            return LineKind.LINE;
        }
        line.begin(bytes, from, to);
        return AnyJson.parse(line, bytes, from, to) ? LineKind.LINE : LineKind.DAMAGED;
    }

    /** The length of the byte order mark, which an editor in Windows may have written. */
    private static int byteOrderMark(byte[] bytes, int from, int to) {
        boolean there = to - from >= 3 && bytes[from] == (byte) 0xef && bytes[from + 1] == (byte) 0xbb;
        return there && bytes[from + 2] == (byte) 0xbf ? 3 : 0;
    }

    /** The required fields that the header line does not name. */
    String missing() {
        return vpc.missing();
    }
}
