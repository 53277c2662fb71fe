package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.Peers;
import io.secgroupd.controlplane.edit.change.RuleKey;
import io.secgroupd.controlplane.edit.change.RuleSpec;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.PortRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes of the rules of one group in one direction. An entry stands for as many rules as it has port ranges times peers; when
 * one of them changes, the others stay in the entry, as far as they can, and the rest gets an entry of its own behind it.
 */
final class RuleEdits {

    private final DraftMap groupMap;
    private final String group;
    private final Direction direction;

    RuleEdits(DraftMap groupMap, String group, Direction direction) {
        this.groupMap = groupMap;
        this.group = group;
        this.direction = direction;
    }

    void add(List<RuleSpec> rules) {
        List<DraftMap> entries =
                rules.stream().map(terms -> NewEntries.of(direction, terms)).toList();
        Optional<DraftList> list = list();
        if (list.isPresent()) {
            entries.forEach(list.get()::add);
        } else {
            groupMap.put(direction.rulesKey(), DraftList.of(entries));
        }
    }

    void remove(RuleKey rule) {
        list().ifPresent(list -> entries(list).forEach(entry -> removeFrom(list, entry, rule)));
    }

    void replace(RuleKey rule, String id, RuleSpec terms) {
        list().ifPresent(list -> replace(list, rule, id, terms));
    }

    /** The list of rules; the implied one is written out first, because it would be gone with the first other one. */
    private Optional<DraftList> list() {
        Optional<DraftNode> list = groupMap.get(direction.rulesKey());
        if (list.isEmpty() && direction == Direction.EGRESS) {
            groupMap.put(direction.rulesKey(), DraftList.of(List.of(NewEntries.everythingOut())));
        }
        return groupMap.get(direction.rulesKey()).map(DraftNode::asList);
    }

    private List<EntryDraft> entries(DraftList list) {
        return list.values().stream()
                .map(node -> new EntryDraft(group, direction, node))
                .toList();
    }

    private void replace(DraftList list, RuleKey rule, String id, RuleSpec terms) {
        List<EntryDraft> all =
                entries(list).stream().filter(entry -> says(entry, rule)).toList();
        if (all.isEmpty()) {
            return;
        }
        EntryDraft first = all.get(0);
        boolean alone = first.ports().size() == 1
                && first.peers().size() == 1
                && first.peers().get(0).value().equals(rule.peer());
        if (alone) {
            update(first, id, terms);
            all.subList(1, all.size()).forEach(entry -> removeFrom(list, entry, rule));
        } else {
            boolean derived = RuleSpec.derivedId(group, direction, terms.key()).equals(id);
            Optional<String> written = derived ? Optional.empty() : Optional.of(id);
            var pinned = new RuleSpec(terms.key(), terms.description(), terms.tags(), terms.expires(), written);
            list.addBehind(first.node(), List.of(NewEntries.of(direction, pinned)));
            all.forEach(entry -> removeFrom(list, entry, rule));
        }
    }

    private static boolean says(EntryDraft entry, RuleKey rule) {
        return entry.hasService(rule)
                && entry.ports().stream().anyMatch(atom -> atom.value().equals(rule.ports()))
                && entry.peers().stream()
                        .anyMatch(
                                atom -> Peers.without(atom.value(), rule.peer()).isPresent());
    }

    private void update(EntryDraft entry, String id, RuleSpec terms) {
        RuleKey key = terms.key();
        DraftMap map = entry.map();
        if (!entry.protocol().equals(key.protocol())) {
            map.put("protocol", DraftScalar.word(key.protocol()));
        }
        boolean samePorts = entry.ports().get(0).value().equals(key.ports());
        boolean sameService = entry.hasService(key) && samePorts;
        if (!sameService) {
            NewEntries.setService(map, key.protocol(), key.ports(), key.icmp());
        }
        if (!entry.peers().get(0).value().equals(key.peer())) {
            map.put(direction.peerKey(), DraftScalar.word(key.peer()));
        }
        Texts.setText(map, "description", terms.description());
        Texts.setTags(map, terms.tags());
        if (!entry.expires().equals(terms.expires())) { // else it may be written otherwise, with another zone
            terms.expires().ifPresentOrElse(time -> Texts.setWord(map, "expires", time), () -> map.remove("expires"));
        }
        boolean derived = RuleSpec.derivedId(group, direction, key).equals(id);
        if (!derived) {
            Texts.setWord(map, "id", id);
        } else if (!entry.id().equals(Optional.of(id))) {
            map.remove("id");
        }
    }

    private void removeFrom(DraftList list, EntryDraft entry, RuleKey rule) {
        if (!says(entry, rule)) {
            return;
        }
        List<Peer> left = new ArrayList<>();
        for (EntryDraft.Atom<Peer> peer : entry.peers()) {
            left.addAll(Peers.without(peer.value(), rule.peer()).orElse(List.of(peer.value())));
        }
        List<EntryDraft.Atom<PortRange>> others = entry.ports().stream()
                .filter(atom -> !atom.value().equals(rule.ports()))
                .toList();
        if (!others.isEmpty()) {
            if (!left.isEmpty()) {
                list.addBehind(entry.node(), List.of(NewEntries.like(entry, direction, rule.ports(), left)));
            }
            removePorts(entry, rule.ports());
        } else if (left.isEmpty()) {
            list.remove(entry.node());
        } else {
            removePeers(list, entry, rule);
        }
    }

    private static void removePorts(EntryDraft entry, PortRange ports) {
        DraftList list = entry.map().get("ports").orElseThrow().asList();
        entry.ports().stream().filter(atom -> atom.value().equals(ports)).forEach(atom -> list.remove(atom.node()));
    }

    private void removePeers(DraftList list, EntryDraft entry, RuleKey rule) {
        DraftNode value = entry.map().get(direction.peerKey()).orElseThrow();
        for (EntryDraft.Atom<Peer> peer : entry.peers()) {
            Optional<List<Peer>> rest = Peers.without(peer.value(), rule.peer());
            if (rest.isPresent()) {
                keepId(entry, peer.value(), rest.get());
                List<Peer> here = splitOff(list, entry, rule, rest.get());
                replacePeer(entry.map(), value, peer.node(), here);
            }
        }
    }

    private static void keepId(EntryDraft entry, Peer whole, List<Peer> rest) {
        if (entry.id().isPresent() && !Peers.keepsId(whole, rest)) {
            entry.map().remove("id");
        }
    }

    /** An entry with an id can have one peer only: the second of two goes into an entry of its own. */
    private List<Peer> splitOff(DraftList list, EntryDraft entry, RuleKey rule, List<Peer> rest) {
        if (rest.size() < 2 || entry.id().isEmpty()) {
            return rest;
        }
        list.addBehind(
                entry.node(), List.of(NewEntries.like(entry, direction, rule.ports(), rest.subList(1, rest.size()))));
        return rest.subList(0, 1);
    }

    private void replacePeer(DraftMap map, DraftNode value, DraftNode peer, List<Peer> by) {
        if (value == peer) {
            map.put(direction.peerKey(), NewEntries.peers(by));
            return;
        }
        DraftList list = value.asList();
        if (by.isEmpty()) {
            list.remove(peer);
        } else {
            list.replace(peer, by.stream().map(DraftScalar::word).toList());
        }
    }
}
