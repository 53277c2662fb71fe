package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.IcmpMatch;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** New entries of {@code inbound} and {@code outbound}. */
final class NewEntries {

    private NewEntries() {}

    /** The entry of one rule. */
    static DraftMap of(Direction direction, RuleSpec terms) {
        DraftMap map =
                service(terms.key().protocol(), terms.key().ports(), terms.key().icmp());
        map.put(direction.peerKey(), DraftScalar.word(terms.key().peer()));
        return described(map, terms.description(), terms.tags(), terms.expires(), terms.id());
    }

    /** An entry like another, of one of its port ranges, with these peers, and without an id. */
    static DraftMap like(EntryDraft entry, Direction direction, PortRange ports, List<Peer> peers) {
        DraftMap map = service(entry.protocol(), ports, entry.icmp());
        map.put(direction.peerKey(), peers(peers));
        return described(map, entry.description(), entry.tags(), entry.expires(), Optional.empty());
    }

    /** The rule that a group without the key {@code outbound} has. */
    static DraftMap everythingOut() {
        DraftMap map = service(Protocol.ALL, PortRange.ALL, IcmpMatch.ANY);
        map.put(Direction.EGRESS.peerKey(), DraftScalar.word(Peer.Any.ANY));
        return map;
    }

    /** One peer alone, or a list. */
    static DraftNode peers(List<Peer> peers) {
        return peers.size() == 1
                ? DraftScalar.word(peers.get(0))
                : DraftList.of(peers.stream().map(DraftScalar::word).toList());
    }

    private static DraftMap service(Protocol protocol, PortRange ports, IcmpMatch icmp) {
        DraftMap map = DraftMap.empty();
        map.put("protocol", DraftScalar.word(protocol));
        setService(map, protocol, ports, icmp);
        return map;
    }

    /** Sets or takes away the keys that say more about a protocol. */
    static void setService(DraftMap map, Protocol protocol, PortRange ports, IcmpMatch icmp) {
        set(map, "ports", protocol.hasPorts() ? Optional.of(ports) : Optional.empty());
        set(map, "icmp_type", number(icmp.type()));
        set(map, "icmp_code", number(icmp.code()));
    }

    private static Optional<Integer> number(int value) {
        return value == IcmpMatch.ANY_VALUE ? Optional.empty() : Optional.of(value);
    }

    private static void set(DraftMap map, String key, Optional<?> value) {
        value.ifPresentOrElse(one -> map.put(key, DraftScalar.word(one)), () -> map.remove(key));
    }

    private static DraftMap described(
            DraftMap map,
            String description,
            Map<String, String> tags,
            Optional<Instant> expires,
            Optional<String> id) {
        Texts.setText(map, "description", description);
        Texts.setTags(map, tags);
        set(map, "expires", expires);
        set(map, "id", id);
        return map;
    }
}
