package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Endpoint;
import io.secgroupd.rules.model.Expectation;
import io.secgroupd.rules.model.Service;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.net.Verdict;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.text.Suggestions;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code tests}. */
final class ExpectationReader {

    private static final Set<String> KEYS =
            Set.of("name", "from", "to", "protocol", "port", "icmp_type", "icmp_code", "expect", "at");

    /** Matches an address, and text that is close enough to one to be meant as one. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*[:/].*");

    /** What a test of ICMP without a type asks: does ping get through? */
    private static final int ECHO_REQUEST = 8;

    private static final int ECHO_REQUEST_V6 = 128;

    private final InstanceReader named;
    private final Suggestions suggestions;

    ExpectationReader(InstanceReader named, Suggestions suggestions) {
        this.named = named;
        this.suggestions = suggestions;
    }

    List<Expectation> read(List<Value> items) {
        return items.stream()
                .flatMap(item -> item.fields(KEYS).flatMap(this::test).stream())
                .toList();
    }

    private Optional<Expectation> test(Fields fields) {
        var name = fields.optional("name").flatMap(Value::label);
        var from = fields.required("from", "from: an instance, a cluster or an address")
                .flatMap(this::endpoint);
        var to = fields.required("to", "to: an instance, a cluster or an address")
                .flatMap(this::endpoint);
        var service = ServiceReader.protocol(fields).flatMap(protocol -> service(fields, protocol));
        var expect = fields.required("expect", "expect: allow, or expect: deny")
                .flatMap(value -> value.word(List.of("allow", "deny")))
                .map(word -> word.equals("allow") ? Verdict.ACCEPT : Verdict.REJECT);
        Optional<Instant> when = InstantReader.read(fields, "at");
        if (Stream.of(from, to, service, expect).anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new Expectation(
                name.orElse(from.get() + " to " + to.get()),
                from.get(),
                to.get(),
                service.get(),
                expect.get(),
                when,
                fields.map().at(),
                fields.map().path()));
    }

    private Optional<Endpoint> endpoint(Value value) {
        return value.text().flatMap(text -> {
            if (named.instances().containsKey(text)) {
                return Optional.of(new Endpoint.OfInstance(text));
            }
            if (named.clusters().containsKey(text)) {
                return Optional.of(new Endpoint.OfCluster(text));
            }
            if (named.isNamed(text)) {
                return Optional.empty(); // the problem is reported where the instance is defined
            }
            if (ADDRESS.matcher(text).matches()) {
                return AddressReader.address(value).map(Endpoint.Address::new);
            }
            value.error(() -> "there is no instance or cluster " + Quote.of(text) + near(text));
            return Optional.empty();
        });
    }

    private String near(String text) {
        String near = suggestions.hint(text, named.names());
        return near.isEmpty() ? "; write the name of one, or an address" : near;
    }

    private static Optional<Service> service(Fields fields, Protocol protocol) {
        if (protocol.equals(Protocol.ALL)) {
            fields.optional("protocol").orElseThrow().error("a test asks for one protocol; write tcp, for example");
            return Optional.empty();
        }
        OptionalInt port = port(fields, protocol);
        Optional<IcmpMatch> icmp = ServiceReader.icmp(fields, protocol);
        if (port.isEmpty() || icmp.isEmpty()) {
            return Optional.empty();
        }
        int type = icmp.get().type() == IcmpMatch.ANY_VALUE
                ? defaultType(protocol)
                : icmp.get().type();
        return Optional.of(new Service(
                protocol.number(), port.getAsInt(), type, Math.max(0, icmp.get().code())));
    }

    private static int defaultType(Protocol protocol) {
        return protocol.equals(Protocol.ICMP) ? ECHO_REQUEST : protocol.equals(Protocol.ICMPV6) ? ECHO_REQUEST_V6 : 0;
    }

    private static OptionalInt port(Fields fields, Protocol protocol) {
        if (protocol.hasPorts()) {
            Optional<Value> port = fields.required("port", "port: 443");
            return port.isPresent() ? port.get().integer(0, PortRange.MAX_PORT) : OptionalInt.empty();
        }
        Optional<Value> port = fields.optional("port");
        port.ifPresent(value -> value.error("protocol " + protocol + " has no port; remove it"));
        return port.isEmpty() ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
