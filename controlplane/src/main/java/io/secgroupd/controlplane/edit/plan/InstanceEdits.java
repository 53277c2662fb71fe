package io.secgroupd.controlplane.edit.plan;

import io.secgroupd.controlplane.edit.change.Element;
import io.secgroupd.controlplane.edit.change.Element.ElementKind;
import io.secgroupd.controlplane.edit.draft.DraftList;
import io.secgroupd.controlplane.edit.draft.DraftMap;
import io.secgroupd.controlplane.edit.draft.DraftNode;
import io.secgroupd.controlplane.edit.draft.DraftScalar;
import io.secgroupd.rules.model.InstanceMode;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changes of instances, which stand in a map of their own or in that of a cluster. */
final class InstanceEdits {

    private static final String ADDRESSES = "addresses";
    private static final String GROUPS = "security_groups";
    private static final String MEMBERS = "instances";
    private static final String MODE = "mode";

    private final DraftFiles drafts;

    InstanceEdits(DraftFiles drafts) {
        this.drafts = drafts;
    }

    void add(String name, List<IpAddress> addresses, List<String> groups) {
        DraftMap instance = DraftMap.spread();
        instance.put(ADDRESSES, Planner.words(addresses));
        if (!groups.isEmpty()) {
            instance.put(GROUPS, Planner.words(groups));
        }
        drafts.section(ElementKind.INSTANCE).put(name, instance);
    }

    void remove(String name) {
        drafts.holderOfInstance(name).remove(name);
    }

    void setAddresses(String name, List<IpAddress> addresses) {
        DraftMap instance =
                drafts.holderOfInstance(name).get(name).orElseThrow().asMap();
        Optional<DraftNode> existing = instance.get(ADDRESSES);
        if (existing.isEmpty() || !(existing.get().read() instanceof DraftList list)) {
            instance.put(ADDRESSES, Planner.words(addresses));
            return;
        }
        Set<IpAddress> missing = new HashSet<>(addresses);
        for (DraftNode item : list.values()) {
            if (!missing.remove(address(item))) {
                existing.get().asList().remove(item);
            }
        }
        addresses.stream()
                .filter(missing::remove)
                .forEach(one -> existing.get().asList().add(DraftScalar.word(one)));
    }

    private static IpAddress address(DraftNode item) {
        try {
            return AddressText.parseAddress(((DraftScalar) item.read()).value());
        } catch (AddressSyntaxException e) {
            throw new IllegalStateException("the strict reader has accepted this address", e);
        }
    }

    void setMembers(String cluster, List<String> wanted) {
        DraftMap map = drafts.value(Element.cluster(cluster)).asMap();
        Optional<DraftNode> existing = map.get(MEMBERS);
        List<String> before =
                existing.isEmpty() ? List.of() : ((DraftMap) existing.get().read()).keys();
        for (String name : before) {
            if (!wanted.contains(name)) {
                moveOut(name, existing.orElseThrow().asMap(), map);
            }
        }
        List<String> coming = wanted.stream()
                .distinct()
                .filter(name -> !before.contains(name))
                .toList();
        coming.forEach(name -> moveIn(name, map));
    }

    /** What it may do stays as it was. */
    private void moveOut(String name, DraftMap members, DraftMap cluster) {
        DraftMap instance = placed(members.get(name));
        if (observes(cluster)) {
            observe(instance);
        }
        Optional<DraftNode> groups = cluster.get(GROUPS);
        if (groups.isPresent()) {
            instance.put(GROUPS, Planner.words(texts(groups.get())));
        }
        members.remove(name);
        drafts.section(ElementKind.INSTANCE).put(name, instance);
    }

    private void moveIn(String name, DraftMap cluster) {
        DraftMap own = drafts.holderOfInstance(name);
        DraftMap instance = placed(own.get(name));
        own.remove(name);
        Optional<DraftNode> existing = cluster.get(MEMBERS);
        if (existing.isEmpty()) {
            cluster.put(MEMBERS, DraftMap.spread());
        }
        cluster.get(MEMBERS).orElseThrow().asMap().put(name, instance);
    }

    /** A new map for an instance with the addresses that it has, which observes if it does. */
    private static DraftMap placed(Optional<DraftNode> before) {
        DraftMap instance = DraftMap.spread();
        before.map(DraftNode::read).map(DraftMap.class::cast).ifPresent(map -> {
            map.get(ADDRESSES).ifPresent(addresses -> instance.put(ADDRESSES, copy(addresses)));
            if (observes(map)) {
                observe(instance);
            }
        });
        return instance;
    }

    private static boolean observes(DraftMap map) {
        return map.get(MODE)
                .filter(mode -> ((DraftScalar) mode.read()).value().equals(InstanceMode.OBSERVE.word()))
                .isPresent();
    }

    private static void observe(DraftMap instance) {
        instance.put(MODE, DraftScalar.word(InstanceMode.OBSERVE.word()));
    }

    /** Addresses, or the word for those that a host reports. */
    private static DraftNode copy(DraftNode addresses) {
        return addresses.read() instanceof DraftScalar word
                ? DraftScalar.word(word.value())
                : Planner.words(texts(addresses));
    }

    private static List<String> texts(DraftNode list) {
        return ((DraftList) list.read())
                .values().stream()
                        .map(item -> ((DraftScalar) item.read()).value())
                        .toList();
    }
}
