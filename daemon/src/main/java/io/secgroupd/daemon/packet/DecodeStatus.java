package io.secgroupd.daemon.packet;

/**
 * What became of the bytes. Only {@link #OK} gives a flow that rules may judge; each other status names what cannot be
 * known, and so what an attacker would gain by a guess.
 */
public enum DecodeStatus {
    /** Addresses, protocol and, where the protocol has them, ports or ICMP type were all in the bytes. */
    OK,

    /** The bytes end before the header does. A guessed port is how tiny first fragments (RFC 1858) pass a filter. */
    TRUNCATED,

    /** Neither IPv4 nor IPv6. */
    BAD_VERSION,

    /** A length field that contradicts itself: a shorter header would move the ports onto bytes of the sender's choice. */
    BAD_HEADER_LENGTH,

    /**
     * A fragment with an offset. It has no ports, and its payload, read as ports, is the sender's choice: firewalls that
     * did so were bypassed. Connection tracking joins fragments before the queue, so this means it was switched off.
     */
    FRAGMENT,

    /** An IPv6 extension header that cannot be walked: what follows it would be delivered unjudged. */
    UNKNOWN_HEADER,

    /** Hop-by-hop options anywhere but first, which RFC 8200 forbids: stacks disagree on what such a packet carries. */
    HEADER_OUT_OF_ORDER,

    /** More IPv6 extension headers, or longer ones, than honest traffic has: they push the ports out of the capture. */
    CHAIN_TOO_LONG,

    /** The source route of RFC 2460, withdrawn by RFC 5095: it turns the host into a relay and amplifier. */
    ROUTING_TYPE_0,

    /** A routing header with segments left: the destination address is not where the packet ends. */
    SEGMENTS_LEFT
}
