package io.secgroupd.rules.net;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * IPv4 text: four numbers 0–255 with dots, and no other notation. The address library reads the same strictly, at ten
 * times the cost; lists have a million lines.
 */
final class DottedQuad {

    private static final int SHORTEST = "0.0.0.0".length();
    private static final int LONGEST = "255.255.255.255".length();

    private DottedQuad() {}

    static Optional<IpAddress> parse(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return Optional.empty();
        }
        int bits = 0;
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i < 3 ? text.indexOf('.', start) : text.length();
            OptionalInt number = dot < 0 ? OptionalInt.empty() : Decimal.parse(text, start, dot, 255);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            bits = bits << 8 | number.getAsInt();
            start = dot + 1;
        }
        return Optional.of(IpAddress.ipv4(bits));
    }
}
