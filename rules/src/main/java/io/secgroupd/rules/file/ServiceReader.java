package io.secgroupd.rules.file;

import io.secgroupd.rules.net.Decimal;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Nearest;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the keys of rules and tests that say which service is meant: protocol, ICMP type and code. */
final class ServiceReader {

    /** Words that other tools use for a protocol, each with ours. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("any", "all"),
            Map.entry("ip", "all"),
            Map.entry("*", "all"),
            Map.entry("icmp6", "icmpv6"),
            Map.entry("ipv6-icmp", "icmpv6"),
            Map.entry("igmp", "2"),
            Map.entry("gre", "47"),
            Map.entry("esp", "50"),
            Map.entry("ah", "51"),
            Map.entry("ospf", "89"),
            Map.entry("vrrp", "112"),
            Map.entry("sctp", "132"));

    private static final List<String> WORDS = List.of("tcp", "udp", "icmp", "icmpv6", "all");

    private ServiceReader() {}

    static Optional<Protocol> protocol(Fields fields) {
        return fields.required("protocol", "protocol: tcp").flatMap(ServiceReader::protocol);
    }

    private static Optional<Protocol> protocol(Value value) {
        return value.text().flatMap(text -> {
            Optional<Protocol> protocol = Protocol.parse(text);
            if (protocol.isEmpty()) {
                value.error(Quote.of(text) + " is not a protocol; write "
                        + meant(text)
                                .orElse("tcp, udp, icmp, icmpv6, all or a number 0-255" + Nearest.hint(text, WORDS)));
            }
            return protocol;
        });
    }

    private static Optional<String> meant(String text) {
        String withoutZeros = text.replaceFirst("^0+(?=[0-9])", "");
        return Optional.ofNullable(ELSEWHERE.get(text.toLowerCase(Locale.ROOT)))
                .or(() -> Protocol.parse(withoutZeros).map(same -> withoutZeros + ", without leading zeros"));
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
        OptionalInt typeNumber = number(type, "8 for an echo request (128 in IPv6)");
        OptionalInt codeNumber = number(code, "0");
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

    private static OptionalInt number(Optional<Value> value, String example) {
        if (value.isEmpty()) {
            return OptionalInt.of(IcmpMatch.ANY_VALUE);
        }
        Optional<String> text = value.get().text();
        OptionalInt number = text.stream()
                .flatMapToInt(digits -> Decimal.parse(digits, 255).stream())
                .findFirst();
        if (text.isPresent() && number.isEmpty()) {
            value.get()
                    .error(Quote.of(text.get()) + " is not a number from 0 to 255; write one, such as " + example
                            + ", or leave it out for any");
        }
        return number;
    }
}
