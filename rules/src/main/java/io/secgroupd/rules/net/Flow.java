package io.secgroupd.rules.net;

/**
 * What is judged: the first packet of a connection, as far as rules can see it.
 *
 * <p>Addresses are two halves of 128 bits and a family, never an {@link java.net.InetAddress}: the JDK turns the IPv6
 * address {@code ::ffff:10.0.0.1} into the IPv4 address 10.0.0.1, and a forged IPv6 packet would match an IPv4 rule.
 * An IPv4 address has a high half of 0 and its 32 bits, unsigned, in the low half.
 *
 * <p>The packet path implements it by a view that is used again for every packet, so nothing may keep a reference.
 */
public interface Flow {

    Family family();

    long sourceHigh();

    long sourceLow();

    long destinationHigh();

    long destinationLow();

    /** The IANA protocol number, 0–255. */
    int protocol();

    /** 0–65535; 0 for a protocol without ports. */
    int sourcePort();

    /** 0–65535; 0 for a protocol without ports. */
    int destinationPort();

    /** 0–255; 0 unless the protocol is the ICMP of its family. */
    int icmpType();

    /** 0–255; 0 unless the protocol is the ICMP of its family. */
    int icmpCode();

    /**
     * The 16 bits that a rule's ports or ICMP terms are compared with: the destination port, or ICMP type and code side
     * by side, or 0.
     */
    default int selector() {
        return destinationPort() | icmpType() << 8 | icmpCode();
    }
}
