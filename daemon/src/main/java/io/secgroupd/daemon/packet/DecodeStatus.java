package io.secgroupd.daemon.packet;

/**
 * The result of decoding. Only {@link #OK} gives a flow that rules may judge. Each other status says what cannot be known,
 * and so what an attacker would gain by a guess.
 */
public enum DecodeStatus {
    /** The bytes held the addresses, the protocol and, where the protocol has them, ports or ICMP type. */
    OK,

    /** The bytes end before the header does. Tiny first fragments (RFC 1858) pass a filter that guesses the port. */
    TRUNCATED,

    /** The packet is neither IPv4 nor IPv6. */
    BAD_VERSION,

    /** A length field contradicts itself: a shorter header would move the ports onto bytes that the sender chooses. */
    BAD_HEADER_LENGTH,

    /**
     * The packet is a fragment with an offset. It has no ports, and the sender chooses its payload: firewalls that read the
     * payload as ports were bypassed. Connection tracking joins fragments before the queue, so this means it is switched
     * off.
     */
    FRAGMENT,

    /** An IPv6 extension header cannot be parsed, so what follows it would be delivered unjudged. */
    UNKNOWN_HEADER,

    /** Hop-by-hop options are not the first header, which RFC 8200 forbids: stacks disagree on what such a packet is. */
    HEADER_OUT_OF_ORDER,

    /** The packet has more or longer IPv6 extension headers than honest traffic: they push the ports out of the capture. */
    CHAIN_TOO_LONG,

    /** The packet has the source route of RFC 2460, withdrawn by RFC 5095: it turns the host into a relay and amplifier. */
    ROUTING_TYPE_0,

    /** A routing header has segments left, so the packet does not end at its destination address. */
    SEGMENTS_LEFT
}
