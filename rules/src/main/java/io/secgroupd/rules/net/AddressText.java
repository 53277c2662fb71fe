package io.secgroupd.rules.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;

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
        refuseUnlikely(text);
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return new Block(parseRange(text.substring(0, dash), text.substring(dash + 1), text), false);
        }
        IPAddress parsed = library(text);
        IpAddress address = ofLibrary(parsed, text);
        Integer length = parsed.getNetworkPrefixLength();
        if (length == null) {
            return new Block(AddressRange.of(address), false);
        }
        Prefix prefix = Prefix.containing(address, length);
        return new Block(prefix.range(), !prefix.address().equals(address));
    }

    /** Reads one address, without a prefix length. */
    public static IpAddress parseAddress(String text) throws AddressSyntaxException {
        refuseUnlikely(text);
        IPAddress parsed = library(text);
        if (parsed.isPrefixed()) {
            throw new AddressSyntaxException(quote(text) + " is a prefix; write one address");
        }
        return ofLibrary(parsed, text);
    }

    /** Names get a better answer than "no IPv4 address", and endless text is not even tried. */
    private static void refuseUnlikely(String text) throws AddressSyntaxException {
        if (text.length() > LONGEST) {
            throw new AddressSyntaxException(
                    quote(text.substring(0, 20) + "…") + " is no address; write one such as 10.0.0.1");
        }
        if (text.indexOf(':') < 0 && text.chars().anyMatch(Character::isLetter)) {
            throw new AddressSyntaxException(
                    quote(text) + " is no address, and names are not looked up; write one such as 10.0.0.1");
        }
    }

    private static AddressRange parseRange(String first, String last, String text) throws AddressSyntaxException {
        IpAddress from = parseAddress(first);
        IpAddress to = parseAddress(last);
        if (from.family() != to.family()) {
            throw new AddressSyntaxException(quote(text) + " mixes IPv4 and IPv6");
        }
        if (from.compareTo(to) > 0) {
            throw new AddressSyntaxException(quote(text) + " is reversed; write " + quote(last + "-" + first));
        }
        return new AddressRange(from, to);
    }

    private static IPAddress library(String text) throws AddressSyntaxException {
        try {
            return new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException | IncompatibleAddressException e) {
            throw new AddressSyntaxException(quote(text) + " is no " + expected(text));
        }
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

    private static String quote(String text) {
        return '"' + text + '"';
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
                .allowPrefixOnly(false)
                .allowWildcardedSeparator(false);
        parameters
                .getIPv4AddressParametersBuilder()
                .allow_inet_aton(false)
                .allowLeadingZeros(false)
                .allowPrefixLengthLeadingZeros(false)
                .allowBinary(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        parameters
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowPrefixLengthLeadingZeros(false)
                .allowBase85(false)
                .allowBinary(false)
                .setRangeOptions(RangeParameters.NO_RANGE);
        return parameters.toParams();
    }
}
