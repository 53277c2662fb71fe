package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.PortRange;
import io.secgroupd.rules.net.Protocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was seen in one place: who asked for which service, how often and when. */
final class Demand {

    private static final int SELECTOR_BITS = 16;
    private static final int SELECTORS = 0xffff;

    /** Keyed by protocol and selector side by side. */
    private final TreeMap<Integer, PeersSeen> byService = new TreeMap<>();

    /** The peers of one service. */
    static final class PeersSeen {
        private final Map<IpAddress, Sightings> peers = new HashMap<>();
        private final Set<String> instances = new TreeSet<>();

        Set<IpAddress> addresses() {
            return peers.keySet();
        }

        Set<String> instances() {
            return instances;
        }
    }

    /** One use of a service, as it is told to who asks about all of them. */
    @FunctionalInterface
    interface UseVisitor {
        void visit(String instance, int protocol, int selector, IpAddress peer);
    }

    void add(String instance, Protocol protocol, int selector, IpAddress peer, Sightings seen) {
        int told = protocol.hasPorts() || protocol.hasIcmpTypes() ? selector : 0;
        PeersSeen service =
                byService.computeIfAbsent(protocol.number() << SELECTOR_BITS | told, none -> new PeersSeen());
        service.peers.merge(peer, seen, Sightings::plus);
        service.instances.add(instance);
    }

    /** The numbers of the protocols, ascending. */
    List<Protocol> protocols() {
        return byService.keySet().stream()
                .map(service -> service >> SELECTOR_BITS)
                .distinct()
                .map(Protocol::new)
                .toList();
    }

    /** The peers by selector of one protocol, ascending. */
    Map<Integer, PeersSeen> services(Protocol protocol) {
        var services = new TreeMap<Integer, PeersSeen>();
        int from = protocol.number() << SELECTOR_BITS;
        byService
                .subMap(from, true, from | SELECTORS, true)
                .forEach((service, peers) -> services.put(service & SELECTORS, peers));
        return services;
    }

    /** Tells every use. Where several instances used a service, each is told with all of its peers. */
    void visit(UseVisitor visitor) {
        byService.forEach((service, seen) -> seen.instances.forEach(instance -> seen.peers
                .keySet()
                .forEach(peer -> visitor.visit(instance, service >> SELECTOR_BITS, service & SELECTORS, peer))));
    }

    /** Who asked for some services of a protocol. */
    Set<IpAddress> peers(Protocol protocol, PortRange selectors) {
        Set<IpAddress> peers = new HashSet<>();
        within(protocol, selectors).forEach(service -> peers.addAll(service.addresses()));
        return peers;
    }

    /** What was seen of some services of a protocol. */
    Evidence evidence(Protocol protocol, PortRange selectors) {
        return evidence(within(protocol, selectors));
    }

    private List<PeersSeen> within(Protocol protocol, PortRange selectors) {
        return services(protocol).entrySet().stream()
                .filter(service -> selectors.contains(service.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** What was seen of everything. */
    Evidence evidence() {
        return evidence(byService.values());
    }

    private static Evidence evidence(Iterable<PeersSeen> services) {
        Map<IpAddress, Sightings> peers = new TreeMap<>();
        Set<String> instances = new TreeSet<>();
        for (PeersSeen service : services) {
            service.peers.forEach((peer, seen) -> peers.merge(peer, seen, Sightings::plus));
            instances.addAll(service.instances);
        }
        return Evidence.of(peers, instances);
    }
}
