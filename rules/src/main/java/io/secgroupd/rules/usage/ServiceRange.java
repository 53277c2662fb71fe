package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;

/**
 * What a rule allows, whoever the peer is.
 *
 * @param ports {@link PortRange#ALL} where the protocol names none
 * @param icmp  {@link IcmpMatch#ANY} where the protocol is not ICMP
 */
public record ServiceRange(Protocol protocol, PortRange ports, IcmpMatch icmp) {

    /**
     * The narrowest that holds these selectors of a protocol.
     *
     * @param selectors see {@code Flow.selector()}; one ICMP message, or ports
     */
    static ServiceRange of(Protocol protocol, PortRange selectors) {
        if (protocol.hasPorts()) {
            return new ServiceRange(protocol, selectors, IcmpMatch.ANY);
        }
        boolean message = protocol.hasIcmpTypes() && selectors.first() == selectors.last();
        IcmpMatch icmp = message ? new IcmpMatch(selectors.first() >> 8, selectors.first() & 0xff) : IcmpMatch.ANY;
        return new ServiceRange(protocol, PortRange.ALL, icmp);
    }

    /** Reports whether it has one service of a protocol, which is named by its selector. */
    boolean holds(Protocol one, int selector) {
        return protocol.equals(one) && (protocol.hasPorts() ? ports : icmp.selectors()).contains(selector);
    }

    /** In the words of a rule's terms: {@code tcp 443}, {@code icmp type 8 code 0}, {@code all}. */
    @Override
    public String toString() {
        if (protocol.hasPorts()) {
            return protocol + (ports.equals(PortRange.ALL) ? " all ports" : " " + ports);
        }
        return protocol.hasIcmpTypes() && !icmp.equals(IcmpMatch.ANY) ? protocol + " " + icmp : protocol.toString();
    }
}
