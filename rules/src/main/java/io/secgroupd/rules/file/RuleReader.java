package io.secgroupd.rules.file;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.yaml.Fields;
import io.secgroupd.rules.yaml.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one entry of {@code inbound} or {@code outbound}. */
final class RuleReader {

    private static final Set<String> KEYS = Set.of(
            "protocol",
            "ports",
            "icmp_type",
            "icmp_code",
            "source",
            "destination",
            "description",
            "tags",
            "expires",
            "id");

    /** Words of the EC2 API and of Terraform. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("from_port", "ports"),
            Map.entry("to_port", "ports"),
            Map.entry("FromPort", "ports"),
            Map.entry("ToPort", "ports"),
            Map.entry("IpProtocol", "protocol"),
            Map.entry("cidr_blocks", "source, or destination of an outbound rule"),
            Map.entry("ipv6_cidr_blocks", "source, or destination of an outbound rule"),
            Map.entry("prefix_list_ids", "source, or destination of an outbound rule"),
            Map.entry("security_groups", "source, or destination of an outbound rule"),
            Map.entry("self", "source: self, or destination: self"),
            Map.entry("IpRanges", "source, or destination of an outbound rule"),
            Map.entry("Ipv6Ranges", "source, or destination of an outbound rule"),
            Map.entry("UserIdGroupPairs", "source, or destination of an outbound rule"));

    private final References references;

    RuleReader(References references) {
        this.references = references;
    }

    /** Reads the entry; empty when any part of it is broken. */
    Optional<RuleEntry> read(Value value, String group, Direction direction) {
        return value.fields(KEYS, ELSEWHERE).flatMap(fields -> read(fields, group, direction));
    }

    private Optional<RuleEntry> read(Fields fields, String group, Direction direction) {
        var protocol = ServiceReader.protocol(fields);
        var ports = protocol.flatMap(p -> ports(fields, p));
        var icmp = protocol.flatMap(p -> ServiceReader.icmp(fields, p));
        var peers = peers(fields, group, direction);
        String description =
                fields.optional("description").flatMap(Value::label).orElse("");
        Map<String, String> tags = TagsReader.read(fields);
        Optional<Instant> expires = InstantReader.read(fields, "expires");
        Optional<String> id = fields.optional("id").flatMap(RuleReader::id);
        if (protocol.isEmpty() || ports.isEmpty() || icmp.isEmpty() || peers.isEmpty()) {
            return Optional.empty();
        }
        Value map = fields.map();
        var entry = new RuleEntry(
                direction,
                protocol.get(),
                ports.get(),
                icmp.get(),
                peers.get(),
                description,
                tags,
                expires,
                id,
                map.at(),
                map.path());
        if (id.isPresent() && entry.count() > 1) {
            fields.optional("id")
                    .orElseThrow()
                    .error("one id is given to " + entry.count()
                            + " rules; write an entry for each port range and peer, or leave the id out");
            return Optional.empty();
        }
        return Optional.of(entry);
    }

    private static Optional<List<PortRange>> ports(Fields fields, Protocol protocol) {
        if (protocol.hasPorts()) {
            return ports(fields);
        }
        Optional<Value> ports = fields.optional("ports");
        ports.ifPresent(value -> value.error("protocol " + protocol + " has no ports; remove them"
                + (protocol.hasIcmpTypes() ? ", or write icmp_type" : ", or write protocol: tcp or udp")));
        return ports.isEmpty() ? Optional.of(List.of(PortRange.ALL)) : Optional.empty();
    }

    /** The ports of a protocol that has some. */
    static Optional<List<PortRange>> ports(Fields fields) {
        return fields.required("ports", "ports: 443, or ports: all").flatMap(value -> each(value, RuleReader::ports));
    }

    private static Optional<PortRange> ports(Value value) {
        return value.text().flatMap(text -> {
            Optional<PortRange> range = PortRange.parse(text);
            if (range.isEmpty()) {
                value.error(PortText.problem(text));
            }
            return range;
        });
    }

    private Optional<List<Peer>> peers(Fields fields, String group, Direction direction) {
        String key = direction.peerKey();
        Optional<Value> written = fields.optional(key);
        String otherKey = direction.opposite().peerKey();
        Optional<Value> other = fields.optional(otherKey);
        if (other.isPresent()) {
            other.get().error(direction.rulesKey() + " rules have no " + otherKey + "; write " + key);
        } else if (written.isEmpty()) {
            fields.missing(key, key + ": any, or a prefix, an address, a range, sg-…, pl-… or self");
        }
        return written.flatMap(value -> each(value, item -> peer(item, group)));
    }

    private Optional<Peer> peer(Value value, String group) {
        return value.text().flatMap(text -> {
            if (text.equals("any")) {
                return Optional.of(Peer.Any.ANY);
            }
            if (text.equals("self")) {
                return Optional.of(new Peer.Group(group));
            }
            if (text.startsWith(Ids.GROUP)) {
                return references.checkPeerGroup(text, value) ? Optional.of(new Peer.Group(text)) : Optional.empty();
            }
            if (text.startsWith(Ids.LIST)) {
                return references.checkList(text, value) ? Optional.of(new Peer.List(text)) : Optional.empty();
            }
            return references.checkWord(text, value)
                    ? AddressReader.block(value).map(Peer.Addresses::new)
                    : Optional.empty();
        });
    }

    private static Optional<String> id(Value value) {
        return value.text().filter(text -> {
            var problem = Ids.problem(text, Ids.RULE);
            problem.ifPresent(value::error);
            return problem.isEmpty();
        });
    }

    /** Reads all of one or more values; empty when one of them is broken. */
    static <T> Optional<List<T>> each(Value value, Function<Value, Optional<T>> read) {
        if (!value.isList()) {
            return read.apply(value).map(List::of);
        }
        Optional<List<Value>> values = value.oneOrMore();
        var all = new ArrayList<T>();
        values.orElse(List.of()).forEach(item -> read.apply(item).ifPresent(all::add));
        return values.filter(items -> items.size() == all.size()).map(items -> all);
    }
}
