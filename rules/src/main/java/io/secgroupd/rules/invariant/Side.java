package io.secgroupd.rules.invariant;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One end of the flows of a shape, and what it has in common with the addresses of rules; each is found out once. */
final class Side {

    private static final byte KNOWN = 4;

    /** An address that is meant for examples comes first, since it reads best in an example of what should not be. */
    private static final List<IpAddress> EXAMPLES =
            List.of(IpAddress.ipv4(0xc6336407), IpAddress.ipv6(0x20010db8_00000000L, 7));

    private final AddressSet own;
    private final CompiledPolicy policy;
    private final CommonAddress common;
    /** By the numbers of sets: a bit for each family that has an address in common with the set. */
    private final byte[] families;

    private final Map<Long, Optional<Pair>> pairs = new HashMap<>();

    /**
     * Addresses of two instances.
     *
     * @param another empty when all the addresses in common belong to one instance
     */
    record Pair(IpAddress one, Optional<IpAddress> another) {}

    Side(AddressSet own, CompiledPolicy policy, CommonAddress common, int sets) {
        this.own = own;
        this.policy = policy;
        this.common = common;
        this.families = new byte[sets];
    }

    /** The families, as bits, of which this end has an address in common with a set. */
    int families(Half.Numbered set) {
        if (families[set.number()] == 0) {
            families[set.number()] = (byte) (KNOWN | bit(set, Family.IPV4) | bit(set, Family.IPV6));
        }
        return families[set.number()] & ~KNOWN;
    }

    /** The bit of a family. */
    static int bit(Family family) {
        return family == Family.IPV4 ? 1 : 2;
    }

    private int bit(Half.Numbered set, Family family) {
        return lowest(family, List.of(own, set.addresses()), AddressSet.EMPTY).isPresent() ? bit(family) : 0;
    }

    /** An address in common with a set. */
    Optional<IpAddress> any(Family family, Half.Numbered set) {
        return lowest(family, List.of(own, set.addresses()), AddressSet.EMPTY);
    }

    /**
     * An address in common with a set that belongs to no instance.
     *
     * @param listed the addresses of all instances
     */
    Optional<IpAddress> stranger(Family family, Half.Numbered set, AddressSet listed) {
        return EXAMPLES.stream()
                .filter(one -> one.family() == family && own.contains(one))
                .filter(one -> set.addresses().contains(one) && !listed.contains(one))
                .findFirst()
                .or(() -> lowest(family, List.of(own, set.addresses()), listed));
    }

    /** An address in common with members and with peers, and one of another instance. */
    Optional<Pair> pair(Family family, Half.Numbered members, Half.Numbered peers) {
        long key = ((long) members.number() << Integer.SIZE | peers.number()) << 1 | (family == Family.IPV4 ? 0 : 1);
        return pairs.computeIfAbsent(key, unused -> pair(family, List.of(own, members.addresses(), peers.addresses())));
    }

    private Optional<Pair> pair(Family family, List<AddressSet> sets) {
        return lowest(family, sets, AddressSet.EMPTY).map(one -> new Pair(one, lowest(family, sets, instanceOf(one))));
    }

    private AddressSet instanceOf(IpAddress member) {
        Optional<Instance> instance = policy.instanceAt(member);
        return Shapes.of(Stream.ofNullable(instance.orElse(null)));
    }

    private Optional<IpAddress> lowest(Family family, List<AddressSet> sets, AddressSet except) {
        return common.lowest(family, sets, except);
    }
}
