package io.secgroupd.rules.compile;

import io.secgroupd.rules.compile.PeerClasses.Classes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the classes of peers once for all tables that have the same peers. */
final class PeerClassCache {

    /**
     * How many peers may hold an address, on average over all ranges, before it is better to look them up separately.
     */
    private static final int OVERLAP = 16;

    private static final int ALWAYS = 1 << 16;

    private final Map<List<PeerSet>, Optional<Classes>> made = new HashMap<>();

    /** Empty when the peers overlap too much. */
    Optional<Classes> classesOf(List<PeerSet> peers) {
        return made.computeIfAbsent(peers, PeerClassCache::make);
    }

    private static Optional<Classes> make(List<PeerSet> peers) {
        long ranges = peers.stream().mapToLong(peer -> peer.addresses().size()).sum();
        return PeerClasses.of(peers.stream().map(PeerSet::addresses).toList(), OVERLAP * ranges + ALWAYS);
    }
}
