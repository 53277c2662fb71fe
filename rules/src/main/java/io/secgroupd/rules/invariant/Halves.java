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
import java.util.Optional;

/** Every rule of a policy that can allow something: its group has members, and its peer has addresses. */
final class Halves {

    /** How many ranges all unions of peers may have together: a list that many groups name would be in each of them. */
    private static final long MOST_RANGES = 2_000_000;

    private final IdentityHashMap<AddressSet, Half.Numbered> numbers = new IdentityHashMap<>();
    private final List<Block> takes;
    private final List<Block> sends;
    private long ranges;

    Halves(CompiledPolicy policy) {
        this.takes = of(policy, Direction.INGRESS);
        this.sends = of(policy, Direction.EGRESS);
    }

    /** What members let in, in the order of the file. */
    List<Block> takes() {
        return takes;
    }

    /** What members may open, in the order of the file. */
    List<Block> sends() {
        return sends;
    }

    /** The number of different sets of addresses. */
    int sets() {
        return numbers.size();
    }

    private List<Block> of(CompiledPolicy policy, Direction direction) {
        var blocks = new ArrayList<Block>();
        for (SecurityGroup group : policy.policy().securityGroups().values()) {
            AddressSet members = policy.addressesOf(new Peer.Group(group.id()));
            if (!members.isEmpty() && !group.rules(direction).isEmpty()) {
                blocks.add(block(policy, numbered(members), group.rules(direction)));
            }
        }
        return List.copyOf(blocks);
    }

    private Block block(CompiledPolicy policy, Half.Numbered members, List<Rule> rules) {
        var halves = new ArrayList<Half>();
        for (Rule rule : rules) {
            Half.Numbered peers = numbered(policy.peersOf(rule));
            if (!peers.addresses().isEmpty()) {
                halves.add(new Half(rule, members, peers));
            }
        }
        long more = Block.ranges(halves);
        if (more == 0 || ranges + more > MOST_RANGES) {
            return new Block(members, halves, Optional.empty());
        }
        ranges += more;
        return new Block(members, halves, Optional.of(numbered(Block.union(halves))));
    }

    private Half.Numbered numbered(AddressSet addresses) {
        return numbers.computeIfAbsent(addresses, unused -> new Half.Numbered(numbers.size(), addresses));
    }
}
