package io.secgroupd.rules.compile;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a peer, equal only to itself: comparing a million ranges would cost more than the sharing of equal
 * tables saves, and {@link PeerResolver} gives equal peers the same object.
 */
final class PeerSet {

    private static final int SHOWN = 3;

    private final AddressSet addresses;
    private final double breadth;
    /** Null until it is asked for; it is shared by the terms of every rule that has these peers. */
    private @Nullable String members;

    PeerSet(AddressSet addresses) {
        this.addresses = addresses;
        this.breadth = Math.log(addresses.stream().mapToDouble(PeerSet::share).sum());
    }

    AddressSet addresses() {
        return addresses;
    }

    /** The logarithm of the share of its family's addresses that the peer has: 0 is all of one family. */
    double breadth() {
        return breadth;
    }

    /** The first addresses and how many more there are, in brackets: {@code (10.0.1.10, 10.0.1.12 and 3 more)}. */
    String members() {
        if (members == null) {
            members = addresses.isEmpty() ? "(no members)" : "(" + shown() + ")";
        }
        return members;
    }

    private String shown() {
        String first = addresses.stream()
                .limit(SHOWN)
                .map(range -> range.first().equals(range.last()) ? range.first().toString() : range.toString())
                .collect(Collectors.joining(", "));
        int more = addresses.size() - SHOWN;
        return first + (more > 0 ? " and " + more + " more" : "");
    }

    private static double share(AddressRange range) {
        double count = unsigned(range.last().high() - range.first().high()) * 0x1p64
                + unsigned(range.last().low())
                - unsigned(range.first().low())
                + 1;
        return count * (range.family() == Family.IPV4 ? 0x1p-32 : 0x1p-128);
    }

    private static double unsigned(long bits) {
        return (bits >>> 1) * 2.0 + (bits & 1);
    }
}
