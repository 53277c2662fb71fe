package io.secgroupd.controlplane.console.map;

import io.secgroupd.rules.net.Family;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The instances that a peer stands for, by family: those with an address of that family in it. */
final class PeerCrowd {

    /** No instance. */
    static final int NOBODY = -1;

    /** More than one. */
    static final int SEVERAL = -2;

    private final Crowd crowd;
    private final Map<Family, Side> sides = new EnumMap<>(Family.class);

    private static final class Side {
        private final BitSet instances;
        private final boolean outside;
        private final Set<String> groups = new TreeSet<>();
        private final Map<String, Integer> ofGroup = new HashMap<>();

        Side(AddressOwners.Within within) {
            this.instances = within.instances();
            this.outside = within.outside();
        }
    }

    PeerCrowd(Crowd crowd, Map<Family, AddressOwners.Within> within) {
        this.crowd = crowd;
        within.forEach((family, found) -> {
            var side = new Side(found);
            found.instances().stream().forEach(index -> side.groups.addAll(crowd.groupsOf(index)));
            sides.put(family, side);
        });
    }

    private Side side(Family family) {
        Side side = sides.get(family);
        if (side == null) {
            throw new IllegalStateException("every family has its side");
        }
        return side;
    }

    /** Whether it has an address of the family that belongs to no instance: there, only one half judges. */
    boolean hasOutside(Family family) {
        return side(family).outside;
    }

    /** The groups that its instances have. */
    Set<String> groups(Family family) {
        return side(family).groups;
    }

    /** How many instances it stands for. */
    int size() {
        var all = new BitSet();
        sides.values().forEach(side -> all.or(side.instances));
        return all.cardinality();
    }

    /** Its one instance with a group, by its number; {@link #NOBODY} or {@link #SEVERAL} otherwise. */
    int oneOf(String group, Family family) {
        Side side = side(family);
        return side.ofGroup.computeIfAbsent(group, id -> one(crowd.members(id), side.instances));
    }

    private static int one(int[] members, BitSet instances) {
        int found = NOBODY;
        for (int member : members) {
            if (instances.get(member)) {
                if (found != NOBODY) {
                    return SEVERAL;
                }
                found = member;
            }
        }
        return found;
    }
}
