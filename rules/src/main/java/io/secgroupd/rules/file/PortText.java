package io.secgroupd.rules.file;

import io.secgroupd.rules.net.Decimal;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.text.Quote;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with text that is not a {@link PortRange}, and what was probably meant. */
final class PortText {

    private static final Pattern RANGE = Pattern.compile("(\\d{0,9})\\s*(?:-|:|\\.\\.|–|to)\\s*(\\d{0,9})");
    private static final Pattern NUMBER = Pattern.compile("0*(\\d+)");
    private static final Pattern SEVERAL = Pattern.compile("[\\d-]+(\\s*[,; ]\\s*[\\d-]+)+");

    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,4}");

    /** Words of other tools for all ports; -1 is that of the EC2 API. */
    private static final Set<String> EVERY = Set.of("-1", "all", "any", "*");

    /** Longer text is not analysed: the patterns below are for typing errors, not for attacks. */
    private static final int LONGEST = 64;

    private PortText() {}

    static String problem(String text) {
        String trimmed = text.length() > LONGEST ? "" : text.strip();
        if (EVERY.contains(trimmed.toLowerCase(Locale.ROOT))) {
            return Quote.of(text) + " is not a port range; write all";
        }
        if (HEX.matcher(trimmed).matches()) {
            return Quote.of(text) + " is not a port; write " + Integer.parseInt(trimmed.substring(2), 16)
                    + ", in decimal";
        }
        Matcher range = RANGE.matcher(trimmed);
        if (range.matches() && trimmed.chars().anyMatch(Character::isDigit)) {
            return problemOfRange(text, number(range.group(1)), number(range.group(2)));
        }
        if (SEVERAL.matcher(trimmed).matches()) {
            return Quote.of(text) + " is not a port range; write a list: [" + trimmed.replaceAll("\\s*[,; ]\\s*", ", ")
                    + "]";
        }
        Matcher number = NUMBER.matcher(trimmed);
        if (number.matches()) {
            return number(number.group(1))
                    .map(port -> Quote.of(text) + " is not a port; write " + port + ", without leading zeros or blanks")
                    .orElseGet(() -> Quote.of(text) + " is not a port; ports are 0-65535");
        }
        return Quote.of(text)
                + " is not a port range; write a number such as 443, a range such as \"8000-8100\", or all";
    }

    private static String problemOfRange(String text, Optional<Integer> first, Optional<Integer> last) {
        String wrong = Quote.of(text) + " is not a port range; write ";
        if (first.isPresent() && last.isPresent()) {
            int low = Math.min(first.get(), last.get());
            int high = Math.max(first.get(), last.get());
            boolean reversed = first.get() > last.get();
            return (reversed ? Quote.of(text) + " is reversed; write " : wrong) + quote(low, high);
        }
        if (first.isPresent() && !endsInDigit(text)) {
            return wrong + quote(first.get(), Math.min(first.get() + 10, PortRange.MAX_PORT));
        }
        if (last.isPresent() && !Character.isDigit(text.strip().charAt(0))) {
            return wrong + quote(0, last.get());
        }
        return Quote.of(text) + " is not a port range; ports are 0-65535";
    }

    private static boolean endsInDigit(String text) {
        String trimmed = text.length() > LONGEST ? "" : text.strip();
        return Character.isDigit(trimmed.charAt(trimmed.length() - 1));
    }

    private static String quote(int first, int last) {
        return Quote.of(first + "-" + last);
    }

    private static Optional<Integer> number(String digits) {
        Matcher number = NUMBER.matcher(digits);
        if (!number.matches()) {
            return Optional.empty();
        }
        OptionalInt port = Decimal.parse(number.group(1), PortRange.MAX_PORT);
        return port.isPresent() ? Optional.of(port.getAsInt()) : Optional.empty();
    }
}
