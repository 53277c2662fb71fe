package io.secgroupd.rules.file;

import io.secgroupd.rules.model.FlowEnd;
import io.secgroupd.rules.model.Invariant;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.Quote;
import io.secgroupd.rules.text.Suggestions;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code invariants}. */
final class InvariantReader {

    private static final Set<String> KEYS = Set.of("name", "never", "only");
    private static final Set<String> SHAPE_KEYS = Set.of("from", "to", "protocol", "ports");
    private static final String ENDS = "any, an instance, a cluster, a prefix, an address, sg-… or pl-…";

    /** Matches an address, a prefix or a range, and text that is close enough to one to be meant as one. */
    private static final Pattern ADDRESSES = Pattern.compile("[0-9.-]+|.*[:/].*");

    private final InstanceReader named;
    private final References references;
    private final Suggestions suggestions;

    InvariantReader(InstanceReader named, References references, Suggestions suggestions) {
        this.named = named;
        this.references = references;
        this.suggestions = suggestions;
    }

    List<Invariant> read(List<Value> items) {
        return items.stream()
                .flatMap(item -> item.fields(KEYS).flatMap(this::invariant).stream())
                .toList();
    }

    private Optional<Invariant> invariant(Fields fields) {
        Optional<String> name = fields.optional("name").flatMap(Value::label);
        Optional<Invariant> never = shape(fields, Invariant.Kind.NEVER, name);
        Optional<Invariant> only = shape(fields, Invariant.Kind.ONLY, name);
        if (fields.has("never") && fields.has("only")) {
            fields.map().error("an invariant says never or only, not both; write two invariants");
            return Optional.empty();
        }
        if (!fields.has("never") && !fields.has("only")) {
            fields.missing("never", "never: or only:, with from, to, protocol and ports");
        }
        return never.or(() -> only);
    }

    private Optional<Invariant> shape(Fields fields, Invariant.Kind kind, Optional<String> name) {
        return fields.optional(kind.word())
                .flatMap(value -> value.fields(SHAPE_KEYS))
                .flatMap(shape -> shape(fields, kind, name, shape));
    }

    private Optional<Invariant> shape(Fields fields, Invariant.Kind kind, Optional<String> name, Fields shape) {
        Optional<List<FlowEnd>> from = ends(shape, "from");
        Optional<List<FlowEnd>> to = ends(shape, "to");
        Optional<Protocol> protocol = ServiceReader.protocol(shape);
        Optional<List<PortRange>> ports = protocol.flatMap(one -> ports(shape, one));
        if (Stream.of(from, to, ports).anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        Value map = fields.map();
        var read = new Invariant(
                name.orElse(""), kind, from.get(), to.get(), protocol.get(), ports.get(), map.at(), map.path());
        return Optional.of(read);
    }

    private Optional<List<FlowEnd>> ends(Fields shape, String key) {
        return shape.required(key, key + ": " + ENDS).flatMap(value -> RuleReader.each(value, this::end));
    }

    private Optional<FlowEnd> end(Value value) {
        return value.text().flatMap(text -> {
            if (text.equals("any")) {
                return Optional.of(new FlowEnd.OfPeer(Peer.Any.ANY));
            }
            if (text.startsWith(Ids.GROUP)) {
                // Not even where stale peers are tolerated: a promise about nobody would hold whatever the rules say.
                return peer(references.checkGroup(text, value), new Peer.Group(text));
            }
            if (text.startsWith(Ids.LIST)) {
                return peer(references.checkList(text, value), new Peer.List(text));
            }
            return nameOrAddresses(text, value);
        });
    }

    private static Optional<FlowEnd> peer(boolean known, Peer peer) {
        return known ? Optional.of(new FlowEnd.OfPeer(peer)) : Optional.empty();
    }

    private Optional<FlowEnd> nameOrAddresses(String text, Value value) {
        if (named.instances().containsKey(text)) {
            return Optional.of(new FlowEnd.OfInstance(text));
        }
        if (named.clusters().containsKey(text)) {
            return Optional.of(new FlowEnd.OfCluster(text));
        }
        if (named.isNamed(text)) {
            return Optional.empty(); // the problem is reported where the instance is defined
        }
        if (ADDRESSES.matcher(text).matches()) {
            return AddressReader.block(value).map(range -> new FlowEnd.OfPeer(new Peer.Addresses(range)));
        }
        value.error(() -> unknown(text));
        return Optional.empty();
    }

    private String unknown(String text) {
        if (References.isEveryone(text)) {
            return Quote.of(text) + " is not an instance or cluster; write any";
        }
        String near = suggestions.hint(text, named.names());
        return "there is no instance or cluster " + Quote.of(text) + (near.isEmpty() ? "; write " + ENDS : near);
    }

    private static Optional<List<PortRange>> ports(Fields shape, Protocol protocol) {
        if (protocol.hasPorts()) {
            return RuleReader.ports(shape);
        }
        Optional<Value> ports = shape.optional("ports");
        ports.ifPresent(value -> value.error("protocol " + protocol + " has no ports; remove them"));
        return ports.isEmpty() ? Optional.of(List.of(PortRange.ALL)) : Optional.empty();
    }
}
