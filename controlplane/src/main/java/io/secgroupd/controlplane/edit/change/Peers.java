package io.secgroupd.controlplane.edit.change;

import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Peers as a client sees them who knows only prefixes of one family, groups and lists: {@code any} is 0.0.0.0/0 and ::/0, and
 * a range is the fewest prefixes that make it up.
 */
public final class Peers {

    private static final Peer ALL_IPV4 = new Peer.Addresses(AddressRange.all(Family.IPV4));
    private static final Peer ALL_IPV6 = new Peer.Addresses(AddressRange.all(Family.IPV6));

    private Peers() {}

    /** The parts that a peer is shown as, in ascending order; most peers have one, themselves. */
    public static List<Peer> shown(Peer peer) {
        if (peer instanceof Peer.Any) {
            return List.of(ALL_IPV4, ALL_IPV6);
        }
        return peer instanceof Peer.Addresses addresses ? prefixes(addresses.range()) : List.of(peer);
    }

    /**
     * What is left of a peer without one of the parts that it is shown as.
     *
     * @return none when the peer is that part; empty when it has no such part
     */
    public static Optional<List<Peer>> without(Peer whole, Peer part) {
        if (whole.equals(part)) {
            return Optional.of(List.of());
        }
        if (!shown(whole).contains(part)) {
            return Optional.empty();
        }
        if (whole instanceof Peer.Any) {
            return Optional.of(List.of(part.equals(ALL_IPV4) ? ALL_IPV6 : ALL_IPV4));
        }
        return Optional.of(rest(((Peer.Addresses) whole).range(), ((Peer.Addresses) part).range()));
    }

    private static List<Peer> rest(AddressRange whole, AddressRange part) {
        var rest = new ArrayList<Peer>();
        if (whole.first().compareTo(part.first()) < 0) {
            rest.add(addresses(whole.first(), part.first().previous()));
        }
        if (part.last().compareTo(whole.last()) < 0) {
            rest.add(addresses(part.last().next(), whole.last()));
        }
        return rest;
    }

    /**
     * Reports whether what is left of a peer begins where the peer began: then it keeps an id that the operator gave, which
     * belongs to the first of the parts.
     */
    public static boolean keepsId(Peer whole, List<Peer> left) {
        return !left.isEmpty() && shown(left.get(0)).get(0).equals(shown(whole).get(0));
    }

    private static List<Peer> prefixes(AddressRange range) {
        return range.prefixes().stream()
                .<Peer>map(prefix -> new Peer.Addresses(prefix.range()))
                .toList();
    }

    private static Peer addresses(IpAddress first, IpAddress last) {
        return new Peer.Addresses(new AddressRange(first, last));
    }
}
