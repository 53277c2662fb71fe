package io.secgroupd.rules.written;

import io.secgroupd.rules.net.Family;
import io.secgroupd.rules.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Where the addresses and ports of a random file lie: near each other, so that its blocks overlap, touch and nest.
 *
 * @param near    from each of these on lie addresses, {@value #WIDTH} of them
 * @param carried addresses that belong to the first {@value #FIRST} instances or to none; may be empty
 * @param ports   ports are these, or one beside
 */
public record Places(List<IpAddress> near, List<IpAddress> carried, List<Integer> ports) {

    /** Instances {@code i-0} to {@code i-2}. */
    public static final int FIRST = 3;

    private static final int WIDTH = 64;
    private static final int HIGHEST_PORT = 65535;

    /** The ends of both families, and what lies around one network of each. */
    public static Places everywhere() {
        return new Places(
                List.of(
                        IpAddress.ipv4(0x0a000000),
                        IpAddress.ipv4(0x0a000000),
                        IpAddress.ipv4(0x7fffffff - WIDTH + 1),
                        IpAddress.ipv4(0x80000000),
                        IpAddress.ipv4(0),
                        IpAddress.ipv4(-WIDTH),
                        IpAddress.ipv6(0x20010db800000000L, 0),
                        IpAddress.ipv6(0x20010db800000000L, 0),
                        IpAddress.ipv6(0x20010db87fffffffL, -WIDTH),
                        IpAddress.ipv6(0, 0),
                        IpAddress.ipv6(-1, -WIDTH)),
                List.of(),
                List.of(0, 1, 22, 80, 443, 8000, 8080, 65535));
    }

    /** Around what was met, such as the ends of recorded flows; without IPv4-mapped addresses, which the language refuses. */
    public static Places around(List<IpAddress> met, List<Integer> ports) {
        List<IpAddress> bases = new ArrayList<>();
        for (IpAddress address : met) {
            boolean mapped = address.family() == Family.IPV6 && address.high() == 0 && address.low() >>> 32 == 0xffff;
            if (!mapped) {
                bases.add(new IpAddress(address.family(), address.high(), address.low() & -WIDTH));
            }
        }
        return new Places(bases, List.of(), ports);
    }

    IpAddress address(Random random) {
        IpAddress base = near.get(random.nextInt(near.size()));
        return new IpAddress(base.family(), base.high(), base.low() + random.nextInt(WIDTH));
    }

    int port(Random random) {
        int beside = ports.get(random.nextInt(ports.size())) + random.nextInt(3) - 1;
        return Math.min(HIGHEST_PORT, Math.max(0, beside));
    }
}
