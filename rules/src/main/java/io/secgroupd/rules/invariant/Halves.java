package io.secgroupd.rules.invariant;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.model.SecurityGroup;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Direction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Every rule of a policy that can allow something: its group has members, and its peer has addresses. */
final class Halves {

    private final List<Half> takes;
    private final List<Half> sends;
    private final IdentityHashMap<AddressSet, Half.Numbered> numbers = new IdentityHashMap<>();

    Halves(CompiledPolicy policy) {
        this.takes = of(policy, Direction.INGRESS);
        this.sends = of(policy, Direction.EGRESS);
    }

    /** What members let in, in the order of the file. */
    List<Half> takes() {
        return takes;
    }

    /** What members may open, in the order of the file. */
    List<Half> sends() {
        return sends;
    }

    /** The number of different sets of members and peers. */
    int sets() {
        return numbers.size();
    }

    private List<Half> of(CompiledPolicy policy, Direction direction) {
        var halves = new ArrayList<Half>();
        for (SecurityGroup group : policy.policy().securityGroups().values()) {
            Half.Numbered members = numbered(policy.addressesOf(new Peer.Group(group.id())));
            for (Rule rule : group.rules(direction)) {
                Half.Numbered peers = numbered(policy.peersOf(rule));
                if (!members.addresses().isEmpty() && !peers.addresses().isEmpty()) {
                    halves.add(new Half(rule, members, peers));
                }
            }
        }
        return List.copyOf(halves);
    }

    private Half.Numbered numbered(AddressSet addresses) {
        return numbers.computeIfAbsent(addresses, unused -> new Half.Numbered(numbers.size(), addresses));
    }
}
