package io.secgroupd.rules.net;

import java.util.Optional;

/**
 * Destination ports from {@code first} to {@code last}, both included.
 *
 * @param first 0–65535
 * @param last  first–65535
 */
public record PortRange(int first, int last) {

    public static final int MAX_PORT = 65535;
    public static final PortRange ALL = new PortRange(0, MAX_PORT);

    public PortRange {
        if (first < 0 || last > MAX_PORT || first > last) {
            throw new IllegalArgumentException("ports " + first + "-" + last + " are not a range within 0-65535");
        }
    }

    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /** Reads {@code 443}, {@code 8000-8100} or {@code all}. Empty when the text is anything else, or reversed. */
    public static Optional<PortRange> parse(String text) {
        if (text.equals("all")) {
            return Optional.of(ALL);
        }
        int dash = text.indexOf('-');
        var first = Decimal.parse(dash < 0 ? text : text.substring(0, dash), MAX_PORT);
        var last = dash < 0 ? first : Decimal.parse(text.substring(dash + 1), MAX_PORT);
        if (first.isEmpty() || last.isEmpty() || first.getAsInt() > last.getAsInt()) {
            return Optional.empty();
        }
        return Optional.of(new PortRange(first.getAsInt(), last.getAsInt()));
    }

    public boolean contains(int port) {
        return first <= port && port <= last;
    }

    public boolean contains(PortRange other) {
        return first <= other.first && other.last <= last;
    }

    /** Written out, for the reason given at {@link IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PortRange that && first == that.first && last == that.last;
    }

    @Override
    public int hashCode() {
        return first << 16 ^ last;
    }

    @Override
    public String toString() {
        if (equals(ALL)) {
            return "all";
        }
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
