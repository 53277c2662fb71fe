package io.secgroupd.daemon.capture;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts frames in which no IP packet can be found, by their content. */
final class OtherPackets {

    private static final int MOST_KINDS = 64;
    private static final int MOST_NAMED = 8;
    /** A lower value is the length of an IEEE 802.3 frame. */
    private static final int LEAST_TYPE = 0x0600;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(Frame.UNKNOWN_PAYLOAD, "cut off"),
            Map.entry(0x0800, "cut off"),
            Map.entry(0x86dd, "cut off"),
            Map.entry(0x0806, "ARP"),
            Map.entry(0x6558, "bridged Ethernet"),
            Map.entry(0x8035, "RARP"),
            Map.entry(0x8100, "VLAN"),
            Map.entry(0x8847, "MPLS"),
            Map.entry(0x8848, "MPLS"),
            Map.entry(0x8863, "PPPoE discovery"),
            Map.entry(0x8864, "PPPoE session"),
            Map.entry(0x888e, "802.1X"),
            Map.entry(0x88cc, "LLDP"),
            Map.entry(0x88e5, "MACsec"),
            Map.entry(0x894f, "NSH"));

    private final Map<String, Long> counts = new TreeMap<>();
    private long all;

    void count(int payload) {
        all++;
        String name = name(payload);
        if (counts.containsKey(name) || counts.size() < MOST_KINDS) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    private static String name(int payload) {
        String known = NAMES.get(payload);
        if (known != null) {
            return known;
        }
        return payload < LEAST_TYPE ? "802.3" : String.format("EtherType 0x%04x", payload);
    }

    long all() {
        return all;
    }

    /** The most frequent kinds, such as {@code MPLS 12, ARP 3}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_NAMED)
                .map(kind -> kind.getKey() + " " + kind.getValue())
                .collect(Collectors.joining(", "));
    }
}
