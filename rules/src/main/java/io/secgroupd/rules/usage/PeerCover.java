package io.secgroupd.rules.usage;

import io.secgroupd.rules.compile.CompiledPolicy;
import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fewest peers that stand for addresses that were seen: one group whose members they all are, else one prefix list that
 * has them all, else groups for those that are instances, and prefixes for the rest.
 */
final class PeerCover {

    private final CompiledPolicy policy;
    private final Widening widening;
    /** By id: how many addresses the members of a group have. */
    private final Map<String, Integer> members = new HashMap<>();

    private final List<PrefixList> lists;

    PeerCover(CompiledPolicy policy, Widening widening) {
        this.policy = policy;
        this.widening = widening;
        for (Instance instance : policy.policy().instances().values()) {
            instance.securityGroups()
                    .forEach(group -> members.merge(group, instance.addresses().size(), Integer::sum));
        }
        this.lists = policy.policy().prefixLists().values().stream()
                .sorted(Comparator.comparingDouble(PeerCover::breadth))
                .toList();
    }

    private static double breadth(PrefixList list) {
        return list.entries().stream().mapToDouble(Blocks::share).sum();
    }

    /** The number of addresses that the members of a group have. */
    int membersOf(String group) {
        return members.getOrDefault(group, 0);
    }

    /** The peers for addresses of which there is at least one. */
    List<Peer> of(Set<IpAddress> seen) {
        return commonGroup(seen)
                .or(() -> everybody(seen))
                .or(() -> commonList(seen))
                .map(List::of)
                .orElseGet(() -> severalFor(seen));
    }

    private Optional<Peer> everybody(Set<IpAddress> seen) {
        List<IpAddress> strangers = strangers(seen);
        if (strangers.size() < widening.everyone()) {
            return Optional.empty();
        }
        Set<Family> families = new TreeSet<>();
        seen.forEach(address -> families.add(address.family()));
        return Optional.of(
                families.size() > 1
                        ? Peer.Any.ANY
                        : new Peer.Addresses(
                                AddressRange.all(families.iterator().next())));
    }

    /** The group with the fewest members of those that have them all. */
    private Optional<Peer> commonGroup(Set<IpAddress> seen) {
        Set<String> common = null;
        for (IpAddress address : seen) {
            List<String> groups = groupsAt(address);
            if (common == null) {
                common = new TreeSet<>(groups);
            } else {
                common.retainAll(groups);
            }
            if (common.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(common)
                .flatMap(all -> all.stream()
                        .min(Comparator.comparingInt(this::membersOf))
                        .map(Peer.Group::new));
    }

    private List<String> groupsAt(IpAddress address) {
        return policy.instanceAt(address).map(Instance::securityGroups).orElse(List.of());
    }

    private Optional<Peer> commonList(Collection<IpAddress> seen) {
        return lists.stream()
                .filter(list -> seen.stream().allMatch(list.entries()::contains))
                .findFirst()
                .map(list -> new Peer.List(list.id()));
    }

    private List<IpAddress> strangers(Collection<IpAddress> seen) {
        return seen.stream().filter(address -> groupsAt(address).isEmpty()).toList();
    }

    private List<Peer> severalFor(Set<IpAddress> seen) {
        List<IpAddress> strangers = strangers(seen);
        List<Peer> peers = new ArrayList<>(groupsFor(seen));
        if (!strangers.isEmpty()) {
            commonList(strangers)
                    .ifPresentOrElse(
                            peers::add,
                            () -> prefixes(strangers).forEach(prefix -> peers.add(new Peer.Addresses(prefix.range()))));
        }
        return peers;
    }

    /** Takes the group that explains the most of what is left, until nothing is left; of equal ones the smallest. */
    private List<Peer> groupsFor(Set<IpAddress> seen) {
        Map<String, Set<IpAddress>> explained = new TreeMap<>();
        for (IpAddress address : seen) {
            groupsAt(address)
                    .forEach(group -> explained
                            .computeIfAbsent(group, none -> new TreeSet<>())
                            .add(address));
        }
        var peers = new ArrayList<Peer>();
        while (!explained.isEmpty()) {
            Comparator<Map.Entry<String, Set<IpAddress>>> most =
                    Comparator.comparingInt(entry -> -entry.getValue().size());
            var best = explained.entrySet().stream()
                    .min(most.thenComparingInt(entry -> membersOf(entry.getKey())))
                    .orElseThrow();
            peers.add(new Peer.Group(best.getKey()));
            Set<IpAddress> done = best.getValue();
            explained.values().removeIf(left -> left != done && left.removeAll(done) && left.isEmpty());
            explained.remove(best.getKey());
        }
        return peers;
    }

    /** Prefixes that hold the addresses, and beyond them only what may be added. */
    private List<Prefix> prefixes(Collection<IpAddress> seen) {
        Map<IpAddress, Integer> within = new HashMap<>();
        seen.forEach(address -> within.merge(block(address).address(), 1, Integer::sum));
        var set = new AddressSet.Builder();
        for (IpAddress address : seen) {
            Prefix block = block(address);
            boolean wide = within.getOrDefault(block.address(), 0) >= widening.atLeast();
            set.add(wide ? block.range() : AddressRange.of(address));
        }
        return Blocks.exactly(set.build());
    }

    private Prefix block(IpAddress address) {
        return Prefix.containing(address, widening.length(address.family()));
    }
}
