package io.secgroupd.rules.invariant;

import io.secgroupd.rules.net.AddressSet;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one group in one direction, which have the same members.
 *
 * @param everyPeer the peers of all of them, where that is worth its memory: most groups have nothing to do with an invariant,
 *                  and one look tells
 */
record Block(Half.Numbered members, List<Half> halves, Optional<Half.Numbered> everyPeer) {

    /** To look at fewer one by one is quick enough. */
    private static final int WORTH_IT = 4;

    Block {
        halves = List.copyOf(halves);
    }

    /** The number of ranges that the peers of rules have, one by one; 0 for few rules. */
    static long ranges(List<Half> halves) {
        return halves.size() < WORTH_IT
                ? 0
                : halves.stream()
                        .mapToLong(half -> half.peers().addresses().size())
                        .sum();
    }

    /** The peers of all of these rules. */
    static AddressSet union(List<Half> halves) {
        var all = new AddressSet.Builder();
        halves.stream()
                .map(half -> half.peers().addresses())
                .distinct()
                .forEach(peers -> peers.stream().forEach(all::add));
        return all.build();
    }
}
