package io.secgroupd.rules.net;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.secgroupd.rules.text.Printable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Says what is wrong with text that is not an address, prefix or range, and what was probably meant. */
final class AddressHelp {

    /** Longer text is not analysed: what follows is for typing errors, not for attacks. */
    static final int LONGEST = 100;

    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9a-fA-F:])0+(?=[0-9])");

    /** The library is asked about what looks like what it is to mend, and nothing else: it fails on a length of fifteen digits. */
    private static final Pattern WITH_MASK =
            Pattern.compile("[0-9a-fA-F.:]+/(?:(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F]{1,4}:[0-9a-fA-F:]*)");

    private static final Pattern LAST_GROUP_OPEN = Pattern.compile(
            "(?:\\d{1,3}\\.){3}(?:\\d{1,3}-\\d{1,3}|\\*)" + "|[0-9a-fA-F:]*:(?:[0-9a-fA-F]{1,4}-[0-9a-fA-F]{1,4}|\\*)");

    /** Maps the words that explain a typing error to the function that corrects it. */
    private static final Map<String, UnaryOperator<String>> MENDINGS = new LinkedHashMap<>();

    static {
        MENDINGS.put(", without blanks", text -> text.replaceAll("\\s", ""));
        MENDINGS.put(", without brackets", text -> text.replaceAll("[\\[\\]]", ""));
        MENDINGS.put(", without a zone: it means something on one host only", text -> text.replaceAll("%[^/-]*", ""));
        MENDINGS.put(
                ", without leading zeros: some programs read them as octal",
                text -> LEADING_ZEROS.matcher(text).replaceAll(""));
        MENDINGS.put(", with the length of the mask", AddressHelp::withLength);
        MENDINGS.put(", both ends in full", AddressHelp::inFull);
    }

    private AddressHelp() {}

    static String problem(String text) {
        String wrong = quote(text) + " is not " + kind(text) + "; write ";
        if (text.length() > LONGEST) {
            return wrong + "one such as " + example(text);
        }
        String[] several = text.split("\\s*,\\s*", -1);
        if (several.length > 1 && Arrays.stream(several).allMatch(AddressHelp::isBlock)) {
            return wrong + "each by itself: " + String.join(" and ", several);
        }
        return mended(text)
                .map(wrong::concat)
                .orElseGet(() -> isName(text)
                        ? quote(text) + " is not an address, and names are not looked up; write one such as 10.0.0.1"
                        : wrong + "one such as " + example(text));
    }

    private static Optional<String> mended(String text) {
        return MENDINGS.entrySet().stream()
                .map(mending -> Map.entry(mending.getValue().apply(text), mending.getKey()))
                .filter(mended -> !mended.getKey().equals(text) && isBlock(mended.getKey()))
                .map(mended -> mended.getKey() + mended.getValue())
                .findFirst();
    }

    private static boolean isBlock(String text) {
        try {
            AddressText.parse(text);
            return true;
        } catch (AddressSyntaxException e) {
            return false;
        }
    }

    /** The library converts a mask to a length, when it is a valid mask. */
    private static String withLength(String text) {
        Integer length = WITH_MASK.matcher(text).matches() ? new IPAddressString(text).getNetworkPrefixLength() : null;
        return length == null ? text : text.substring(0, text.indexOf('/') + 1) + length;
    }

    /** The library knows what a range or an asterisk in the last group stands for. */
    private static String inFull(String text) {
        IPAddress range = LAST_GROUP_OPEN.matcher(text).matches() ? new IPAddressString(text).getAddress() : null;
        return range == null ? text : range.getLower() + "-" + range.getUpper();
    }

    private static boolean isName(String text) {
        return text.indexOf(':') < 0 && text.chars().anyMatch(Character::isLetter);
    }

    private static String kind(String text) {
        String family = text.indexOf(':') >= 0 ? "an IPv6 " : "an IPv4 ";
        return text.indexOf('-') >= 0 ? "a range" : family + (text.indexOf('/') >= 0 ? "prefix" : "address");
    }

    private static String example(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (text.indexOf('-') >= 0) {
            return ipv6 ? "2001:db8::1-2001:db8::9" : "10.0.0.5-10.0.0.9";
        }
        if (text.indexOf('/') >= 0) {
            return ipv6 ? "2001:db8::/32, length 0-128" : "10.0.0.0/8, length 0-32";
        }
        return ipv6 ? "2001:db8::1" : "10.0.0.1";
    }

    /** Foreign text goes into logs and terminals, so it is put on one line and truncated. */
    static String quote(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, 20) + "…" : text;
        return '"' + Printable.shown(shown) + '"';
    }
}
