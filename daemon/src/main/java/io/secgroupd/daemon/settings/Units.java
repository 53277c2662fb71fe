package io.secgroupd.daemon.settings;

import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Value;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses sizes such as {@code 100MB} and times such as {@code 10s}, a whole number directly followed by its unit; and
 * single bits of a mark.
 */
final class Units {

    private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,11})([A-Za-z]*)");
    private static final Pattern WORD = Pattern.compile("0x[0-9A-Fa-f]{1,8}|[1-9][0-9]{0,9}");
    private static final Map<String, Long> BYTES = Map.of(
            "",
            1L,
            "B",
            1L,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30);
    private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private Units() {}

    /** Parses bytes: a number alone, or with B, kB, MB, GB (powers of 1000), KiB, MiB, GiB (powers of 1024). */
    static Optional<Long> size(Value value, long min, long max) {
        return amount(value, BYTES, min, max, "a size such as 100MB or 8MiB", " bytes");
    }

    /** Parses a time with its unit: ms, s, m or h. */
    static Optional<Duration> duration(Value value, Duration min, Duration max) {
        return amount(value, MILLISECONDS, min.toMillis(), max.toMillis(), "a time such as 10s or 500ms", " ms")
                .map(Duration::ofMillis);
    }

    /** Parses one bit of a 32-bit word, in hexadecimal as netfilter's tools print it, or in decimal. */
    static Optional<Integer> bit(Value value) {
        return value.text().flatMap(text -> {
            Optional<Integer> bit = WORD.matcher(text).matches() ? bit(text) : Optional.empty();
            if (bit.isEmpty()) {
                value.error(Quote.of(text) + " is not one bit of a mark; write one such as 0x40000000");
            }
            return bit;
        });
    }

    private static Optional<Integer> bit(String text) {
        long word = Long.decode(text);
        return Long.bitCount(word) == 1 && word >>> Integer.SIZE == 0 ? Optional.of((int) word) : Optional.empty();
    }

    private static Optional<Long> amount(
            Value value, Map<String, Long> units, long min, long max, String example, String smallest) {
        return value.text().flatMap(text -> {
            Matcher amount = AMOUNT.matcher(text);
            Long unit = amount.matches() ? units.get(amount.group(2)) : null;
            if (unit == null) {
                value.error(Quote.of(text) + " is not " + example + "; write a whole number and its unit");
                return Optional.empty();
            }
            // At most 12 digits times 3.6 million cannot overflow.
            long total = Long.parseLong(amount.group(1)) * unit;
            if (total < min || total > max) {
                value.error(Quote.of(text) + " is not within " + min + "-" + max + smallest);
                return Optional.empty();
            }
            return Optional.of(total);
        });
    }
}
