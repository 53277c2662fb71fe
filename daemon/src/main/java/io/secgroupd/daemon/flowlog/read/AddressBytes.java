package io.secgroupd.daemon.flowlog.read;

import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses addresses from bytes. The last one is kept, because neighbouring lines of a log often share an end. */
final class AddressBytes {

    private static final int NONE = -1;

    private byte[] keptText = {};
    private @Nullable IpAddress kept;

    /** The address, or null when these bytes are not one. */
    @Nullable
    IpAddress parse(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, keptText, 0, keptText.length)) {
            keptText = Arrays.copyOfRange(bytes, from, to);
            long dottedQuad = dottedQuad(bytes, from, to);
            kept = dottedQuad == NONE ? any(keptText) : IpAddress.ipv4((int) dottedQuad);
        }
        return kept;
    }

    private static long dottedQuad(byte[] bytes, int from, int to) {
        long address = 0;
        int begin = from;
        for (int i = 0; i < 4; i++) {
            int end = begin;
            while (end < to && bytes[end] != '.') {
                end++;
            }
            // Some programs read a leading zero as octal. The rules do not accept such a text as an address, and
            // neither does a filter.
            boolean ambiguous = end - begin > 1 && bytes[begin] == '0';
            long number = ambiguous || end - begin > 3 ? NONE : Digits.parse(bytes, begin, end);
            if (number < 0 || number > 255 || (i == 3) != (end == to)) {
                return NONE;
            }
            address = address << 8 | number;
            begin = end + 1;
        }
        return address;
    }

    private static @Nullable IpAddress any(byte[] text) {
        try {
            return AddressText.parseAddress(new String(text, StandardCharsets.UTF_8));
        } catch (AddressSyntaxException e) {
            return null; // null matches nothing
        }
    }
}
