package io.secgroupd.rules.net;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads and writes addresses as strict text. The JDK's own reader accepts {@code 1}, {@code 1.2.3} and {@code
 * 010.0.0.1}, and looks up host names, none of which belongs in a firewall.
 */
public final class AddressText {

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
                Decimal.parse(text, slash + 1, text.length(), address.family().bits());
        if (length.isEmpty()) {
            throw refusal(text);
        }
        Prefix prefix = Prefix.containing(address, length.getAsInt());
        return new Block(prefix.range(), !prefix.address().equals(address));
    }

    /** Reads one address, without a prefix length. */
    public static IpAddress parseAddress(String text) throws AddressSyntaxException {
        if (text.indexOf('/') >= 0) {
            throw new AddressSyntaxException(() -> AddressHelp.quote(text) + " is a prefix; write one address");
        }
        if (text.indexOf('-') >= 0) {
            throw new AddressSyntaxException(() -> AddressHelp.quote(text) + " is not a single address; write one");
        }
        return address(text, text);
    }

    private static AddressRange parseRange(String first, String last, String text) throws AddressSyntaxException {
        if (first.isEmpty() || last.isEmpty() || text.indexOf('/') >= 0) {
            throw refusal(text);
        }
        IpAddress from = address(first, text);
        IpAddress to = address(last, text);
        if (from.family() != to.family()) {
            throw new AddressSyntaxException(
                    () -> AddressHelp.quote(text) + " mixes IPv4 and IPv6; write a range of one family");
        }
        if (from.compareTo(to) > 0) {
            throw new AddressSyntaxException(
                    () -> AddressHelp.quote(text) + " is reversed; write " + AddressHelp.quote(last + "-" + first));
        }
        return new AddressRange(from, to);
    }

    /**
     * Reads the address in {@code part}.
     *
     * @param text the whole of what was written, for the message
     */
    private static IpAddress address(String part, String text) throws AddressSyntaxException {
        Optional<IpAddress> parsed = part.indexOf(':') < 0 ? DottedQuad.parse(part) : ColonHex.parse(part);
        IpAddress address = parsed.orElseThrow(() -> refusal(text));
        // On the wire ::ffff:10.0.0.1 is an IPv6 source that anyone can forge: it must never stand for 10.0.0.1.
        if (address.family() == Family.IPV6 && address.high() == 0 && address.low() >>> 32 == 0xffffL) {
            throw new AddressSyntaxException(() -> AddressHelp.quote(text) + " is an IPv4-mapped IPv6 address; write "
                    + IpAddress.ipv4((int) address.low()) + " for the IPv4 address");
        }
        return address;
    }

    private static AddressSyntaxException refusal(String text) {
        return new AddressSyntaxException(() -> AddressHelp.problem(text));
    }

    static String format(IpAddress address) {
        if (address.family() == Family.IPV4) {
            int bits = (int) address.low();
            return (bits >>> 24) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        return ColonHexText.format(address);
    }
}
