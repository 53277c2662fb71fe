package io.secgroupd.daemon.flowlog.read;

/** A line of either format: which one, its first byte says. */
final class LineParser {

    private LineParser() {}

    /** Reads bytes into a line; false when they are none, or only a part of one. */
    static boolean parse(LogLine line, byte[] bytes, int from, int to) {
        if (from == to) {
            return false;
        }
        boolean vpc = bytes[from] != '{';
        if (vpc) {
            line.begin(bytes, from, to, true);
            return VpcLine.parse(line, bytes, from, to);
        }
        if (OwnJson.parse(line, bytes, from, to) == to) {
            return true;
        }
        line.begin(bytes, from, to, false);
        return AnyJson.parse(line, bytes, from, to);
    }
}
