package io.secgroupd.rules.analyze;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Protocol;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out why a rule can match nothing: its peer has no address, or none of the family that the protocol exists in.
 */
final class Emptiness {

    private final Policy policy;
    private final Map<String, Set<Family>> groupFamilies = new HashMap<>();

    Emptiness(Policy policy) {
        this.policy = policy;
        for (Instance instance : policy.instances().values()) {
            for (String group : instance.securityGroups()) {
                Set<Family> families = groupFamilies.computeIfAbsent(group, id -> EnumSet.noneOf(Family.class));
                families.addAll(families(instance));
            }
        }
    }

    /** A host may report addresses of either family at any time. */
    private static Set<Family> families(Instance instance) {
        return instance.registered()
                ? EnumSet.allOf(Family.class)
                : instance.addresses().stream().map(IpAddress::family).collect(Collectors.toSet());
    }

    Optional<String> reason(Rule rule) {
        if (isReportedElsewhere(rule)) {
            return Optional.empty();
        }
        Set<Family> families = families(rule.peer());
        if (families.isEmpty()) {
            boolean group = rule.peer() instanceof Peer.Group;
            return Optional.of(nothing(rule) + rule.peer()
                    + (group ? " has no members with an address; give it to an instance" : " has no entries; add some")
                    + ", or remove the rule");
        }
        for (Family family : families) {
            if (rule.protocol().existsIn(family)) {
                return Optional.empty();
            }
        }
        boolean icmp = rule.protocol().equals(Protocol.ICMP);
        return Optional.of(nothing(rule)
                + rule.protocol()
                + (icmp ? " is IPv4 and " : " is IPv6 and ")
                + rule.peer()
                + (icmp ? " IPv6; write icmpv6" : " IPv4; write icmp"));
    }

    private static String nothing(Rule rule) {
        return rule.terms() + " can match nothing: ";
    }

    /** A stale group, or the rule's own group that no instance has. */
    private boolean isReportedElsewhere(Rule rule) {
        return rule.peer() instanceof Peer.Group group
                && (!policy.securityGroups().containsKey(group.id())
                        || (group.id().equals(rule.group()) && !groupFamilies.containsKey(group.id())));
    }

    private Set<Family> families(Peer peer) {
        if (peer instanceof Peer.Addresses addresses) {
            return EnumSet.of(addresses.range().family());
        }
        if (peer instanceof Peer.Group group) {
            return groupFamilies.getOrDefault(group.id(), Set.of());
        }
        if (peer instanceof Peer.List list) {
            PrefixList entries = policy.prefixLists().get(list.id());
            Set<Family> families = EnumSet.noneOf(Family.class);
            for (Family family : Family.values()) {
                if (entries != null && entries.entries().ranges(family).size() > 0) {
                    families.add(family);
                }
            }
            return families;
        }
        return EnumSet.allOf(Family.class);
    }
}
