package io.secgroupd.rules.compile;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.Protocol;
import java.util.HashMap;
import java.util.Map;

/** Resolves the peers of rules to addresses; equal peers get the same set. */
final class PeerResolver {

    private final Map<String, PrefixList> prefixLists;
    private final Map<String, AddressSet> members;
    /** Keyed by family, kind and canonical text: peers with equal hashes would be compared one by one. */
    private final Map<String, PeerSet> resolved = new HashMap<>();

    PeerResolver(Policy policy) {
        this.prefixLists = policy.prefixLists();
        this.members = membersByGroup(policy);
    }

    /** The addresses of the instances that have each group, directly or through their cluster. */
    private static Map<String, AddressSet> membersByGroup(Policy policy) {
        var ranges = new HashMap<String, AddressSet.Builder>();
        for (Instance instance : policy.instances().values()) {
            for (String group : instance.securityGroups()) {
                AddressSet.Builder ofGroup = ranges.computeIfAbsent(group, id -> new AddressSet.Builder());
                instance.addresses().forEach(address -> ofGroup.add(AddressRange.of(address)));
            }
        }
        var sets = new HashMap<String, AddressSet>();
        ranges.forEach((group, gathered) -> sets.put(group, gathered.build()));
        return sets;
    }

    PeerSet peersOf(Rule rule) {
        // icmp is IPv4's and icmpv6 IPv6's: in a packet of the other family that protocol number is something else.
        Protocol protocol = rule.protocol();
        boolean ipv4 = protocol.existsIn(Family.IPV4);
        boolean ipv6 = protocol.existsIn(Family.IPV6);
        Peer peer = rule.peer();
        String key = ipv4 + " " + ipv6 + " " + peer.getClass().getSimpleName() + " " + peer;
        return resolved.computeIfAbsent(key, unused -> resolve(peer, ipv4, ipv6));
    }

    private PeerSet resolve(Peer peer, boolean ipv4, boolean ipv6) {
        AddressSet addresses = addressesOf(peer);
        if (!ipv6) {
            return new PeerSet(addresses.only(Family.IPV4));
        }
        return new PeerSet(ipv4 ? addresses : addresses.only(Family.IPV6));
    }

    AddressSet addressesOf(Peer peer) {
        if (peer instanceof Peer.Addresses addresses) {
            return AddressSet.of(addresses.range());
        }
        if (peer instanceof Peer.Group group) {
            // A group without members, or a stale one, matches nothing: as in AWS.
            return members.getOrDefault(group.id(), AddressSet.EMPTY);
        }
        if (peer instanceof Peer.List list) {
            PrefixList named = prefixLists.get(list.id());
            return named == null ? AddressSet.EMPTY : named.entries();
        }
        return AddressSet.ALL;
    }
}
