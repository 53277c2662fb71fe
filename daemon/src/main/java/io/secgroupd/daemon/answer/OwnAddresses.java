package io.secgroupd.daemon.answer;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.Collection;

/** The addresses of the interfaces of this host at one time, looked up without an object for each question. */
public final class OwnAddresses {

    /** No address: nothing is answered. */
    public static final OwnAddresses NONE = new OwnAddresses(new IpAddress[0]);

    private final IpAddress[] sorted;

    private OwnAddresses(IpAddress[] sorted) {
        this.sorted = sorted;
    }

    /** Takes the addresses, in any order. */
    public static OwnAddresses of(Collection<IpAddress> addresses) {
        return new OwnAddresses(addresses.stream()
                .distinct()
                .sorted((one, other) -> compare(one, other.family(), other.high(), other.low()))
                .toArray(IpAddress[]::new));
    }

    /** Reports whether an interface of this host has the address. */
    boolean has(Family family, long high, long low) {
        int from = 0;
        int to = sorted.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = compare(sorted[middle], family, high, low);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return false;
    }

    private static int compare(IpAddress one, Family family, long high, long low) {
        int order = one.family().compareTo(family);
        order = order != 0 ? order : Long.compareUnsigned(one.high(), high);
        return order != 0 ? order : Long.compareUnsigned(one.low(), low);
    }
}
