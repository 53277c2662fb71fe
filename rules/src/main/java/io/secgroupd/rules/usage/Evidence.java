package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The recorded connections on which a proposal rests.
 *
 * @param seen      all of them
 * @param peers     how many different addresses were at the other end
 * @param most      the few of them that were seen most often, in this order
 * @param instances for which they were judged, by name
 */
public record Evidence(Sightings seen, int peers, List<IpAddress> most, List<String> instances) {

    private static final int SHOWN = 3;

    public Evidence {
        most = List.copyOf(most);
        instances = List.copyOf(instances);
    }

    static Evidence of(Map<IpAddress, Sightings> byPeer, Collection<String> instances) {
        Sightings all = byPeer.values().stream().reduce(Sightings::plus).orElseThrow();
        Comparator<Map.Entry<IpAddress, Sightings>> rare =
                Comparator.comparingLong(entry -> entry.getValue().count());
        List<IpAddress> most = byPeer.entrySet().stream()
                .sorted(rare.reversed().thenComparing(Map.Entry::getKey))
                .limit(SHOWN)
                .map(Map.Entry::getKey)
                .toList();
        return new Evidence(all, byPeer.size(), most, List.copyOf(instances));
    }
}
