package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Rule;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The peers of a rule that were seen, in few words: a group for {@code any} where members explain them, the entries of a list that
 * were used, or prefixes. A group stays: whoever becomes a member is meant.
 */
final class UsedPeers {

    private static final int MOST_PEERS = 5;

    /** A wider prefix says nothing about who uses a service; then it is everybody's. */
    private static final int WIDEST_IPV4 = 16;

    private static final int WIDEST_IPV6 = 48;

    private final CompiledPolicy policy;
    private final PeerCover cover;

    UsedPeers(CompiledPolicy policy) {
        this.policy = policy;
        this.cover = new PeerCover(policy, Widening.NONE);
    }

    /** The peers that hold those that were seen, and nothing that the rule's own peer does not hold. */
    List<Peer> of(Rule rule, Set<IpAddress> seen) {
        List<Peer> same = List.of(rule.peer());
        if (rule.peer() instanceof Peer.Group || isOneAddress(rule.peer())) {
            return same;
        }
        AddressSet allowed = policy.addressesOf(rule.peer());
        if (rule.peer() instanceof Peer.List) {
            return entries(allowed, seen, same);
        }
        return Stream.of(cover.of(seen), exactly(seen), blocks(seen))
                .filter(peers -> peers.size() <= MOST_PEERS)
                .filter(peers -> addresses(peers).stream().allMatch(allowed::contains))
                .filter(peers -> addresses(peers).stream()
                        .flatMap(range -> range.prefixes().stream())
                        .noneMatch(UsedPeers::isTooWide))
                .findFirst()
                .filter(peers -> !addresses(peers).equals(allowed))
                .orElse(same);
    }

    private static boolean isOneAddress(Peer peer) {
        return peer instanceof Peer.Addresses one
                && one.range().first().equals(one.range().last());
    }

    private static List<Peer> entries(AddressSet allowed, Set<IpAddress> seen, List<Peer> same) {
        List<AddressRange> used = allowed.stream()
                .filter(range -> seen.stream().anyMatch(range::contains))
                .toList();
        List<Prefix> prefixes = Blocks.exactly(AddressSet.of(used));
        return used.size() < allowed.size() && prefixes.size() <= MOST_PEERS
                ? prefixes.stream().map(UsedPeers::peer).toList()
                : same;
    }

    private static Peer peer(Prefix prefix) {
        return new Peer.Addresses(prefix.range());
    }

    private static List<Peer> exactly(Set<IpAddress> seen) {
        AddressSet set = AddressSet.of(seen.stream().map(AddressRange::of).toList());
        return Blocks.exactly(set).stream().map(UsedPeers::peer).toList();
    }

    private static List<Peer> blocks(Set<IpAddress> seen) {
        return Arrays.stream(Family.values())
                .flatMap(family -> Blocks.atMost(MOST_PEERS, seen, family))
                .<Peer>map(Peer.Addresses::new)
                .toList();
    }

    private AddressSet addresses(List<Peer> peers) {
        return peers.stream().map(policy::addressesOf).reduce(AddressSet.EMPTY, AddressSet::union);
    }

    private static boolean isTooWide(Prefix prefix) {
        return prefix.length() < (prefix.address().family() == Family.IPV4 ? WIDEST_IPV4 : WIDEST_IPV6);
    }
}
