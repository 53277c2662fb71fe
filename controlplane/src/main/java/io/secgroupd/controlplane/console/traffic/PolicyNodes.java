package io.secgroupd.controlplane.console.traffic;

import io.secgroupd.rules.model.Instance;
import io.secgroupd.rules.model.Peer;
import io.secgroupd.rules.model.Policy;
import io.secgroupd.rules.model.PrefixList;
import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSyntaxException;
import io.secgroupd.rules.net.AddressText;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where on the map an address stands: at the groups of its instance, otherwise at a list or the longest prefix that rules
 * name and that holds it, otherwise at {@code any}.
 */
final class PolicyNodes {

    static final PolicyNodes NONE = new PolicyNodes(Map.of(), Map.of(), List.of(), List.of());

    private static final List<String> ANY = List.of(Peer.Any.ANY.toString());

    private final Map<String, Instance> instances;
    private final Map<IpAddress, Instance> byAddress;
    private final List<PrefixList> lists;
    private final List<AddressRange> ranges;

    private PolicyNodes(
            Map<String, Instance> instances,
            Map<IpAddress, Instance> byAddress,
            List<PrefixList> lists,
            List<AddressRange> ranges) {
        this.instances = instances;
        this.byAddress = byAddress;
        this.lists = lists;
        this.ranges = ranges;
    }

    static PolicyNodes of(Policy policy) {
        var byAddress = new HashMap<IpAddress, Instance>();
        policy.instances()
                .values()
                .forEach(instance -> instance.addresses().forEach(address -> byAddress.put(address, instance)));
        List<Peer> peers = policy.securityGroups().values().stream()
                .flatMap(group -> Stream.concat(group.inbound().stream(), group.outbound().stream()))
                .map(rule -> rule.peer())
                .distinct()
                .toList();
        return new PolicyNodes(policy.instances(), byAddress, lists(peers, policy), ranges(peers));
    }

    private static List<PrefixList> lists(List<Peer> peers, Policy policy) {
        return peers.stream()
                .filter(Peer.List.class::isInstance)
                .map(peer -> policy.prefixLists().get(((Peer.List) peer).id()))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static List<AddressRange> ranges(List<Peer> peers) {
        Comparator<AddressRange> narrowFirst = Comparator.comparingInt(
                range -> -range.asPrefix().map(Prefix::length).orElse(0));
        return peers.stream()
                .filter(Peer.Addresses.class::isInstance)
                .map(peer -> ((Peer.Addresses) peer).range())
                .sorted(narrowFirst)
                .toList();
    }

    /** The nodes of an address that a line of the flow log has. */
    List<String> at(Optional<String> address) {
        return address.flatMap(PolicyNodes::parsed).map(this::at).orElse(ANY);
    }

    private List<String> at(IpAddress address) {
        Instance instance = byAddress.get(address);
        if (instance != null && !instance.securityGroups().isEmpty()) {
            return instance.securityGroups();
        }
        return lists.stream()
                .filter(list -> list.entries().contains(address))
                .map(PrefixList::id)
                .findFirst()
                .or(() -> ranges.stream()
                        .filter(range -> range.contains(address))
                        .map(AddressRange::toString)
                        .findFirst())
                .map(List::of)
                .orElse(ANY);
    }

    /** The first group of an instance; empty when there is no such instance, or it has no group. */
    Optional<String> groupOf(Optional<String> instance) {
        return instance.map(instances::get)
                .flatMap(known -> known.securityGroups().stream().findFirst());
    }

    private static Optional<IpAddress> parsed(String address) {
        try {
            return Optional.of(AddressText.parseAddress(address));
        } catch (AddressSyntaxException e) {
            return Optional.empty();
        }
    }
}
