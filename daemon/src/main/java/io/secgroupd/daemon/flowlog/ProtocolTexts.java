package io.secgroupd.daemon.flowlog;

import io.secgroupd.rules.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** The name of each protocol, as rules write it. */
final class ProtocolTexts {

    private static final byte[][] TEXTS = IntStream.rangeClosed(0, 255)
            .mapToObj(number -> new Protocol(number).toString().getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private ProtocolTexts() {}

    static byte[] of(int protocol) {
        return TEXTS[protocol];
    }
}
