package io.secgroupd.rules.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.OptionalInt;

/**
 * Strict text of addresses, read and written. The JDK's own reader takes {@code 1}, {@code 1.2.3} and {@code 010.0.0.1},
 * and looks host names up: none of that belongs into a firewall.
 */
public final class AddressText {

    /** Two full IPv6 addresses with a dash have 79 characters. */
    private static final int LONGEST = 100;

    private static final IPAddressStringParameters STRICT = strict();

    private AddressText() {}

    /**
     * Addresses as written.
     *
     * @param hostBits whether host bits were set behind a prefix length: {@code 203.0.113.5/24} is read as 203.0.113.0/24
     */
    public record Block(AddressRange range, boolean hostBits) {}

    /** Reads an address, a prefix or a {@code first-last} range. */
    public static Block parse(String text) throws AddressSyntaxException {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return new Block(parseRange(text.substring(0, dash), text.substring(dash + 1), text), false);
        }
        int slash = text.indexOf('/');
        if (slash < 0) {
            return new Block(AddressRange.of(address(text, text)), false);
        }
        IpAddress address = address(text.substring(0, slash), text);
        OptionalInt length =
                Decimal.parse(text.substring(slash + 1), address.family().bits());
        if (length.isEmpty()) {
            throw new AddressSyntaxException(quote(text) + " is no " + expected(text));
        }
        Prefix prefix = Prefix.containing(address, length.getAsInt());
        return new Block(prefix.range(), !prefix.address().equals(address));
    }

    /** Reads one address, without a prefix length. */
    public static IpAddress parseAddress(String text) throws AddressSyntaxException {
        if (text.indexOf('/') >= 0) {
            throw new AddressSyntaxException(quote(text) + " is a prefix; write one address");
        }
        return address(text, text);
    }

    private static AddressRange parseRange(String first, String last, String text) throws AddressSyntaxException {
        if (first.isEmpty() || last.isEmpty() || text.indexOf('/') >= 0) {
            throw new AddressSyntaxException(quote(text) + " is no range; write one such as 10.0.0.5-10.0.0.9");
        }
        IpAddress from = address(first, text);
        IpAddress to = address(last, text);
        if (from.family() != to.family()) {
            throw new AddressSyntaxException(quote(text) + " mixes IPv4 and IPv6; write a range of one family");
        }
        if (from.compareTo(to) > 0) {
            throw new AddressSyntaxException(quote(text) + " is reversed; write " + quote(last + "-" + first));
        }
        return new AddressRange(from, to);
    }

    /**
     * Reads the address in {@code part}.
     *
     * @param text the whole of what was written, for the message
     */
    private static IpAddress address(String part, String text) throws AddressSyntaxException {
        if (text.length() > LONGEST) {
            throw new AddressSyntaxException(unlikely(text));
        }
        if (part.indexOf(':') < 0) {
            return DottedQuad.parse(part).orElseThrow(() -> new AddressSyntaxException(unlikely(text)));
        }
        String tail = part.substring(part.lastIndexOf(':') + 1);
        boolean strictTail = tail.indexOf('.') < 0 || DottedQuad.parse(tail).isPresent();
        if (!strictTail || !part.chars().allMatch(AddressText::isInIpv6)) {
            throw new AddressSyntaxException(unlikely(text));
        }
        try {
            return ofLibrary(new IPAddressString(part, STRICT).toAddress(), text);
        } catch (AddressStringException | IncompatibleAddressException e) {
            throw new AddressSyntaxException(quote(text) + " is no " + expected(text));
        }
    }

    /** The library skips blanks and knows more notations than anyone should write into a firewall. */
    private static boolean isInIpv6(int c) {
        return (Character.digit(c, 16) >= 0 && c < 0x80) || c == '.' || c == ':';
    }

    private static String unlikely(String text) {
        boolean name = text.indexOf(':') < 0 && text.chars().anyMatch(Character::isLetter);
        return name
                ? quote(text) + " is no address, and names are not looked up; write one such as 10.0.0.1"
                : quote(text) + " is no " + expected(text);
    }

    private static String expected(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (text.indexOf('/') >= 0) {
            return ipv6
                    ? "IPv6 prefix; write one such as 2001:db8::/32, length 0-128"
                    : "IPv4 prefix; write one such as 10.0.0.0/8, length 0-32";
        }
        return ipv6 ? "IPv6 address; write one such as 2001:db8::1" : "IPv4 address; write one such as 10.0.0.1";
    }

    private static IpAddress ofLibrary(IPAddress parsed, String text) throws AddressSyntaxException {
        IpAddress address = IpAddress.ofBytes(parsed.getBytes());
        // On the wire ::ffff:10.0.0.1 is an IPv6 source that anyone can forge: it must never stand for 10.0.0.1.
        if (address.family() == Family.IPV6 && address.high() == 0 && address.low() >>> 32 == 0xffffL) {
            throw new AddressSyntaxException(quote(text) + " is an IPv4-mapped IPv6 address; write "
                    + IpAddress.ipv4((int) address.low()) + " for the IPv4 address");
        }
        return address;
    }

    /** Foreign text goes into logs and terminals: on one line, and not endlessly. */
    private static String quote(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, 20) + "…" : text;
        return '"' + shown.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?") + '"';
    }

    static String format(IpAddress address) {
        if (address.family() == Family.IPV4) {
            int bits = (int) address.low();
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        return new IPv6Address(address.toBytes()).toCanonicalString();
    }

    private static IPAddressStringParameters strict() {
        var parameters = new IPAddressStringParameters.Builder()
                .allowAll(false)
                .allowEmpty(false)
                .allowSingleSegment(false)
                .allowMask(false)
                .allowPrefix(false)
                .allowPrefixOnly(false)
                .allowWildcardedSeparator(false);
        parameters
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        return parameters.toParams();
    }
}
