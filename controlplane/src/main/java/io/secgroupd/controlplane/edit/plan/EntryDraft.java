package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import io.secgroupd.rules.text.InstantText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** An entry of {@code inbound} or {@code outbound} as the tree has it. The strict reader has accepted it before. */
final class EntryDraft {

    private final String group;
    private final Direction direction;
    private final DraftNode node;
    private final DraftMap map;

    /** A port range or a peer, with the node that says it. */
    record Atom<T>(T value, DraftNode node) {}

    EntryDraft(String group, Direction direction, DraftNode node) {
        this.group = group;
        this.direction = direction;
        this.node = node;
        this.map = (DraftMap) node.read();
    }

    /** The item of the list. */
    DraftNode node() {
        return node;
    }

    /** The map, for changes. */
    DraftMap map() {
        return node.asMap();
    }

    boolean hasService(RuleKey key) {
        return protocol().equals(key.protocol()) && icmp().equals(key.icmp());
    }

    Protocol protocol() {
        return Protocol.parse(text("protocol").orElseThrow()).orElseThrow();
    }

    IcmpMatch icmp() {
        return new IcmpMatch(number("icmp_type"), number("icmp_code"));
    }

    private int number(String key) {
        return text(key).map(Integer::parseInt).orElse(IcmpMatch.ANY_VALUE);
    }

    String description() {
        return text("description").orElse("");
    }

    Optional<String> id() {
        return text("id");
    }

    Optional<Instant> expires() {
        return text("expires").flatMap(InstantText::parse);
    }

    Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        map.get("tags")
                .map(DraftNode::read)
                .map(DraftMap.class::cast)
                .ifPresent(all -> all.keys()
                        .forEach(key -> tags.put(key, text(all.get(key).orElseThrow()))));
        return tags;
    }

    /** The port ranges; {@link PortRange#ALL} without a node of its own where the protocol has none. */
    List<Atom<PortRange>> ports() {
        return map.get("ports")
                .map(value -> atoms(value, text -> PortRange.parse(text).orElseThrow()))
                .orElse(List.of(new Atom<>(PortRange.ALL, map)));
    }

    List<Atom<Peer>> peers() {
        return atoms(map.get(direction.peerKey()).orElseThrow(), this::peer);
    }

    private Peer peer(String text) {
        return switch (text) {
            case "any" -> Peer.Any.ANY;
            case "self" -> new Peer.Group(group);
            default ->
                text.startsWith("sg-")
                        ? new Peer.Group(text)
                        : text.startsWith("pl-") ? new Peer.List(text) : addresses(text);
        };
    }

    private static Peer addresses(String text) {
        try {
            return new Peer.Addresses(AddressText.parse(text).range());
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException("the strict reader has accepted this peer", e);
        }
    }

    private static <T> List<Atom<T>> atoms(DraftNode value, Function<String, T> parse) {
        List<DraftNode> nodes = value.read() instanceof DraftList list ? list.values() : List.of(value);
        return nodes.stream()
                .map(one -> new Atom<>(parse.apply(text(one)), one))
                .toList();
    }

    private Optional<String> text(String key) {
        return map.get(key).map(EntryDraft::text);
    }

    private static String text(DraftNode node) {
        return ((DraftScalar) node.read()).value();
    }
}
