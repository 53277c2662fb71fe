package io.secgroupd.daemon.flowlog.read;

import java.nio.charset.StandardCharsets;

/** Words as they stand in a line. */
final class Word {

    static final byte[] ACCEPT = of("ACCEPT");
    static final byte[] REJECT = of("REJECT");
    static final byte[] TCP = of("tcp");
    static final byte[] OK = of("OK");
    static final byte[] NODATA = of("NODATA");
    /** Where there is no value. */
    static final byte[] NONE = of("-");

    static final byte[] SKIPDATA = of("SKIPDATA");

    private Word() {}

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
