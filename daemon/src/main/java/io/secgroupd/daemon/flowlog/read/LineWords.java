package io.secgroupd.daemon.flowlog.read;

import java.nio.charset.StandardCharsets;

/** The words of AWS flow logs and of this program's, as the bytes of a line. */
final class LineWords {

    static final byte[] ACCEPT = of("ACCEPT");
    static final byte[] REJECT = of("REJECT");
    static final byte[] TCP = of("tcp");
    static final byte[] OK = of("OK");
    static final byte[] NODATA = of("NODATA");
    /** The word for a missing value. */
    static final byte[] NONE = of("-");

    static final byte[] SKIPDATA = of("SKIPDATA");

    private LineWords() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
