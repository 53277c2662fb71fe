package io.secgroupd.controlplane.console.map;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All instances of a policy, numbered, and who of them belongs to which group and peer. */
final class Crowd {

    private static final int[] NONE = {};

    private final Policy policy;
    private final List<Instance> instances;
    private final Map<String, int[]> members = new HashMap<>();
    private final Map<Family, AddressOwners> owners = new EnumMap<>(Family.class);
    /** By their texts: peers with equal hashes would be compared one by one. */
    private final Map<String, PeerCrowd> peers = new HashMap<>();

    Crowd(Policy policy) {
        this.policy = policy;
        this.instances = List.copyOf(policy.instances().values());
        Map<String, IntStream.Builder> found = new HashMap<>();
        for (int i = 0; i < instances.size(); i++) {
            for (String group : instances.get(i).securityGroups()) {
                found.computeIfAbsent(group, unused -> IntStream.builder()).add(i);
            }
        }
        found.forEach((group, all) -> members.put(group, all.build().toArray()));
        for (Family family : Family.values()) {
            owners.put(family, new AddressOwners(family, instances));
        }
    }

    List<String> groupsOf(int instance) {
        return instances.get(instance).securityGroups();
    }

    /** The instances that have a group. */
    int[] members(String group) {
        return members.getOrDefault(group, NONE);
    }

    /** Those that a peer stands for. */
    PeerCrowd of(Peer peer) {
        return peers.computeIfAbsent(peer.toString(), unused -> find(peer));
    }

    private PeerCrowd find(Peer peer) {
        Map<Family, AddressOwners.Within> within = new EnumMap<>(Family.class);
        owners.forEach((family, all) -> {
            if (peer instanceof Peer.Group group) {
                within.put(family, new AddressOwners.Within(all.owning(members(group.id())), false));
            } else {
                within.put(family, all.within(addresses(peer)));
            }
        });
        return new PeerCrowd(this, within);
    }

    private AddressSet addresses(Peer peer) {
        if (peer instanceof Peer.Addresses addresses) {
            return AddressSet.of(addresses.range());
        }
        if (peer instanceof Peer.List list) {
            PrefixList known = policy.prefixLists().get(list.id());
            return known == null ? AddressSet.EMPTY : known.entries();
        }
        return AddressSet.ALL;
    }
}
