package io.secgroupd.daemon.cli.running;

import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Quote;
import org.jspecify.annotations.Nullable;

/** Reads the terms of a rule from the words of a command. */
final class OpenTerms {

    private OpenTerms() {}

    /**
     * The terms.
     *
     * @throws IllegalArgumentException with a sentence, when a word is wrong or is missing
     */
    static RuleKey key(String group, String protocol, @Nullable String ports, String peer) {
        Protocol parsed = Protocol.parse(protocol)
                .orElseThrow(() -> new IllegalArgumentException(Quote.of(protocol)
                        + " is not a protocol; write tcp, udp, icmp, icmpv6, all or a number 0-255"));
        return new RuleKey(parsed, ports(parsed, ports), IcmpMatch.ANY, peer(peer, group));
    }

    private static PortRange ports(Protocol protocol, @Nullable String ports) {
        if (protocol.hasPorts() == (ports == null)) {
            throw new IllegalArgumentException("protocol " + protocol
                    + (ports == null
                            ? " needs ports; write one, such as 22, or all"
                            : " has no ports; leave them out"));
        }
        return ports == null
                ? PortRange.ALL
                : PortRange.parse(ports)
                        .orElseThrow(() -> new IllegalArgumentException(Quote.of(ports)
                                + " is no port; write one, such as 22, a range such as 8000-8100, or all"));
    }

    private static Peer peer(String text, String group) {
        if (text.equals("any")) {
            return Peer.Any.ANY;
        }
        if (text.equals("self")) {
            return new Peer.Group(group);
        }
        if (text.startsWith("sg-")) {
            return new Peer.Group(text);
        }
        if (text.startsWith("pl-")) {
            return new Peer.List(text);
        }
        try {
            return new Peer.Addresses(AddressText.parse(text).range());
        } catch (AddressSyntaxException e) {
            throw new IllegalArgumentException("--from " + Quote.of(text) + ": " + e.getMessage(), e);
        }
    }
}
