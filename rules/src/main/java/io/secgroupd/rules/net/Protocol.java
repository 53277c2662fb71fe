package io.secgroupd.rules.net;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule says about the protocol: an IANA protocol number 0–255, or {@link #ALL}, which is -1 as in the EC2 API.
 *
 * @param number the protocol number, or -1 for every protocol
 */
public record Protocol(int number) {

    public static final Protocol ALL = new Protocol(-1);
    public static final Protocol ICMP = new Protocol(1);
    public static final Protocol TCP = new Protocol(6);
    public static final Protocol UDP = new Protocol(17);
    public static final Protocol ICMPV6 = new Protocol(58);

    private static final Map<String, Protocol> BY_NAME =
            Map.of("all", ALL, "-1", ALL, "icmp", ICMP, "tcp", TCP, "udp", UDP, "icmpv6", ICMPV6);

    public Protocol {
        if (number < -1 || number > 255) {
            throw new IllegalArgumentException("protocol " + number + " is not within 0-255");
        }
    }

    /** Reads {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code all}, {@code -1} or a number 0–255. */
    public static Optional<Protocol> parse(String text) {
        Protocol named = BY_NAME.get(text.toLowerCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        return Decimal.parse(text, 255).stream().mapToObj(Protocol::new).findFirst();
    }

    public boolean matches(int protocolNumber) {
        return number == -1 || number == protocolNumber;
    }

    /** Reports whether a rule of this protocol names ports. Other protocols with ports, such as SCTP, match as a whole. */
    public boolean hasPorts() {
        return number == 6 || number == 17;
    }

    public boolean hasIcmpTypes() {
        return number == 1 || number == 58;
    }

    /** Reports whether this protocol exists in the family: {@code icmp} is IPv4's alone and {@code icmpv6} IPv6's. */
    public boolean existsIn(Family family) {
        return switch (number) {
            case 1 -> family == Family.IPV4;
            case 58 -> family == Family.IPV6;
            default -> true;
        };
    }

    /** Written out, for the reason given at {@link IpAddress#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Protocol that && number == that.number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return switch (number) {
            case -1 -> "all";
            case 1 -> "icmp";
            case 6 -> "tcp";
            case 17 -> "udp";
            case 58 -> "icmpv6";
            default -> Integer.toString(number);
        };
    }
}
