package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import io.secgroupd.rules.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What suggested rules allow already, so that an instance that has several groups needs no rule twice. */
final class SuggestedSoFar {

    private final CompiledPolicy policy;
    private final List<Part> parts = new ArrayList<>();

    private record Part(String group, SuggestedRule rule, AddressSet peers) {}

    SuggestedSoFar(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** Adds rules for everybody who has a group. */
    void add(String group, List<SuggestedRule> rules) {
        for (SuggestedRule rule : rules) {
            AddressSet peers = rule.peers().stream()
                    .map((Peer peer) -> policy.addressesOf(peer))
                    .reduce(AddressSet.EMPTY, AddressSet::union);
            parts.add(new Part(group, rule, peers));
        }
    }

    /** Reports whether one of the rules allows a service to all that need it, for all of its peers. */
    boolean allows(Direction direction, Protocol protocol, int selector, Demand.PeersSeen needed) {
        return parts.stream()
                .anyMatch(part -> part.rule.direction() == direction
                        && part.rule.service().holds(protocol, selector)
                        && needed.instances().stream().allMatch(name -> has(name, part.group))
                        && needed.addresses().stream().allMatch(part.peers::contains));
    }

    private boolean has(String name, String group) {
        Instance instance = Objects.requireNonNull(policy.policy().instances().get(name));
        return instance.securityGroups().contains(group);
    }
}
