package io.secgroupd.rules.file;

import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Nearest;
import io.secgroupd.rules.yaml.Quote;
import io.secgroupd.rules.yaml.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The words of rules and tests that say which service is meant: protocol, ICMP type and code. */
final class Services {

    private Services() {}

    static Optional<Protocol> protocol(Fields fields) {
        return fields.required("protocol", "protocol: tcp").flatMap(Services::protocol);
    }

    private static Optional<Protocol> protocol(Value value) {
        return value.text().flatMap(text -> {
            Optional<Protocol> protocol = Protocol.parse(text);
            if (protocol.isEmpty()) {
                var words = List.of("tcp", "udp", "icmp", "icmpv6", "all");
                value.error(Quote.of(text) + " is no protocol; write tcp, udp, icmp, icmpv6, all or a number 0-255"
                        + Nearest.hint(text, words));
            }
            return protocol;
        });
    }

    /** The ICMP part of a rule or test; empty when it is broken. */
    static Optional<IcmpMatch> icmp(Fields fields, Protocol protocol) {
        Optional<Value> type = fields.optional("icmp_type");
        Optional<Value> code = fields.optional("icmp_code");
        if (!protocol.hasIcmpTypes()) {
            type.ifPresent(value -> refuse(value, "icmp_type", protocol));
            code.ifPresent(value -> refuse(value, "icmp_code", protocol));
            return type.isEmpty() && code.isEmpty() ? Optional.of(IcmpMatch.ANY) : Optional.empty();
        }
        OptionalInt typeNumber = number(type);
        OptionalInt codeNumber = number(code);
        if (code.isPresent() && type.isEmpty()) {
            code.get().error("a code needs a type; write icmp_type too");
            return Optional.empty();
        }
        if (typeNumber.isEmpty() || codeNumber.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new IcmpMatch(typeNumber.getAsInt(), codeNumber.getAsInt()));
    }

    private static void refuse(Value value, String key, Protocol protocol) {
        value.error("protocol " + protocol + " has no " + key + "; remove it, or write protocol: icmp or icmpv6");
    }

    private static OptionalInt number(Optional<Value> value) {
        return value.isEmpty()
                ? OptionalInt.of(IcmpMatch.ANY_VALUE)
                : value.get().integer(0, 255);
    }
}
