package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.AddressRange;
import io.secgroupd.rules.net.AddressSet;
import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import io.secgroupd.rules.net.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Sets of addresses as prefixes. */
final class Blocks {

    private Blocks() {}

    /** The fewest prefixes that hold these addresses and no others. */
    static List<Prefix> exactly(AddressSet addresses) {
        return addresses.stream().flatMap(range -> range.prefixes().stream()).toList();
    }

    /** The narrowest prefixes of one length that hold all addresses of one family and are no more than a number. */
    static Stream<AddressRange> atMost(int most, Collection<IpAddress> addresses, Family family) {
        List<IpAddress> ofFamily =
                addresses.stream().filter(address -> address.family() == family).toList();
        var blocks = new TreeSet<IpAddress>();
        int length = family.bits() + 1;
        do {
            length--;
            blocks.clear();
            for (IpAddress address : ofFamily) {
                blocks.add(Prefix.containing(address, length).address());
            }
        } while (blocks.size() > most);
        int fitting = length;
        return blocks.stream().map(block -> new Prefix(block, fitting).range());
    }

    /** The share of its family's addresses that a range has. */
    static double share(AddressRange range) {
        double high = (double) (range.last().high() >>> 1) - (range.first().high() >>> 1);
        return range.family() == Family.IPV4
                ? (range.last().low() - range.first().low() + 1) * 0x1p-32
                : high * 0x1p-63 + 0x1p-128;
    }
}
