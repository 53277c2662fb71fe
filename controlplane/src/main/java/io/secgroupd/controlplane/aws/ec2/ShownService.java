package io.secgroupd.controlplane.aws.ec2;

import io.secgroupd.controlplane.aws.query.Xml;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.rules.net.Protocol;
import java.util.OptionalInt;

/**
 * Protocol and ports as answers show them: protocols that have names by name, and -1 for all of them.
 *
 * @param from the first port, or the ICMP type; none for protocols that have neither
 * @param to   the last port, or the ICMP code
 */
record ShownService(String protocol, OptionalInt from, OptionalInt to) {

    static ShownService of(RuleKey key) {
        String protocol =
                key.protocol().equals(Protocol.ALL) ? "-1" : key.protocol().toString();
        if (key.protocol().hasPorts()) {
            return of(protocol, key.ports().first(), key.ports().last());
        }
        return key.protocol().hasIcmpTypes()
                ? of(protocol, key.icmp().type(), key.icmp().code())
                : new ShownService(protocol, OptionalInt.empty(), OptionalInt.empty());
    }

    private static ShownService of(String protocol, int from, int to) {
        return new ShownService(protocol, OptionalInt.of(from), OptionalInt.of(to));
    }

    /** Writes the terms; a protocol without ports shows none. */
    void write(Xml xml) {
        xml.text("ipProtocol", protocol);
        from.ifPresent(port -> xml.number("fromPort", port));
        to.ifPresent(port -> xml.number("toPort", port));
    }

    /** Writes the terms with -1 in place of ports that the protocol does not have, as the view of single rules does. */
    void writeWithPorts(Xml xml) {
        xml.text("ipProtocol", protocol);
        xml.number("fromPort", from.orElse(-1));
        xml.number("toPort", to.orElse(-1));
    }
}
