package io.secgroupd.rules.usage;

import io.secgroupd.rules.net.Family;

/**
 * How much wider than what was seen a suggestion may be.
 *
 * @param ipv4     the length of the shortest IPv4 prefix that may stand for addresses of which not all were seen, 0–32
 * @param ipv6     the same for IPv6, 0–128
 * @param atLeast  how many addresses within such a prefix must have been seen, 1 or more
 * @param everyone how many strangers must have asked for a service for it to be everybody's, 1 or more
 */
public record Widening(int ipv4, int ipv6, int atLeast, int everyone) {

    /** Nothing that was not seen. */
    public static final Widening NONE = new Widening(32, 128, 1, Integer.MAX_VALUE);

    public Widening {
        if (ipv4 < 0 || ipv4 > Family.IPV4.bits() || ipv6 < 0 || ipv6 > Family.IPV6.bits()) {
            throw new IllegalArgumentException("a prefix has a length of its family");
        }
        if (atLeast < 1 || everyone < 1) {
            throw new IllegalArgumentException("nothing follows from no address");
        }
    }

    int length(Family family) {
        return family == Family.IPV4 ? ipv4 : ipv6;
    }
}
