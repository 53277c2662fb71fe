package io.secgroupd.daemon.cli.running;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an operator writes a time: a number and a unit, such as {@code 30m} or {@code 14d}. */
final class TimeSpan {

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,7})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(365);

    private TimeSpan() {}

    /** Reads a time of a second to 365 days; empty when the text is something else. */
    static Optional<Duration> parse(String text) {
        Matcher given = TIME.matcher(text);
        if (!given.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(given.group(1));
        Duration time = switch (given.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
        return Optional.of(time).filter(span -> span.compareTo(LONGEST) <= 0);
    }
}
